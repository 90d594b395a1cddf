"""Encrypted office files that every office program opens without asking for a password.

A workbook that is only protected against changes may be encrypted with the password that Excel
itself tries first ([MS-OFFCRYPTO] 2.4.2.3).
"""

from io import BytesIO
from pathlib import Path
from typing import Final

from ingest.readers.problems import ReaderError

_TRIED_BY_EXCEL: Final = "VelvetSweatshop"
_MOST_TURNS: Final = 1_000_000
"""Rounds of hashing that a file may ask for; Excel writes 100,000."""


def unlocked(path: Path, data: bytes) -> bytes:
    """The bytes of the file inside. Raises ReaderError (encrypted): it has another password."""
    import msoffcrypto

    out = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        turns = getattr(file, "info", {}).get("spinValue", 0)
        if turns > _MOST_TURNS:
            raise ReaderError(path, "encrypted")
        file.load_key(password=_TRIED_BY_EXCEL, verify_password=True)
        file.decrypt(out)
    except MemoryError:
        raise
    except Exception:
        raise ReaderError(path, "encrypted") from None
    return out.getvalue()
