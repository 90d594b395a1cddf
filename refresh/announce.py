"""Tells somebody: a local command or, where one is configured, a webhook.

The event goes out as one JSON object, on the command's standard input or as the request's body.
What goes wrong here never changes what came of the run.
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any, Final

SECONDS: Final = 30


def tell(receiver: Sequence[str], event: Mapping[str, Any]) -> str | None:
    """Send an event to a command (its words) or to a webhook (its address as the only word).

    Gives back why it could not be told; None if it was, or if there is nobody to tell.
    """
    if not receiver:
        return None
    body = json.dumps(event, ensure_ascii=False).encode()
    try:
        if len(receiver) == 1 and receiver[0].startswith(("https://", "http://")):
            _post(receiver[0], body)
        else:
            # The words come from the site's own configuration file and no shell reads them.
            subprocess.run(receiver, input=body, timeout=SECONDS, check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        return " ".join(f"{receiver[0]}: {error}".split())
    return None


def _post(address: str, body: bytes) -> None:
    import urllib.request

    request = urllib.request.Request(  # noqa: S310
        address, data=body, headers={"Content-Type": "application/json; charset=utf-8"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
        pass
