"""The configuration file `xuewei.toml`: small, optional, and checked word by word."""

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from project.errors import InputFault
from project.language import say

FILE: Final = "xuewei.toml"
MOST_VERSIONS: Final = 1000
MOST_FIGURES: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site may set.

    inbox: folder of new documents. keep: earlier versions that stay. freshness_days: age at which
    a region's newest document counts as old. incremental_from: figures from which a refresh after
    a few documents builds only the regions that they change. outputs_up_to: figures up to which
    report and exports are made at every refresh. accept_sure: whether a document of which every
    number is sure goes into the seeds without a person. on_failure, on_findings: a command as
    its words, or the address of a webhook as the only word; empty means none.
    """

    inbox: Path
    keep: int = 7
    freshness_days: int = 550
    incremental_from: int = 100_000
    outputs_up_to: int = 1_000_000
    accept_sure: bool = False
    on_failure: tuple[str, ...] = ()
    on_findings: tuple[str, ...] = ()


def load(root: Path) -> Settings:
    """Read `xuewei.toml` in the project's root; without it every setting has its default.

    Raises InputFault naming the key and the mend.
    """
    file = root / FILE
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFault(say("refresh.settings_unreadable", file=FILE, error=error)) from None
    refresh = table.pop("refresh", {})
    if table or not isinstance(refresh, dict):
        raise _fault("unknown_table", name=", ".join(sorted(table)) or "refresh")
    return _settings(root, refresh)


def _settings(root: Path, given: Mapping[str, Any]) -> Settings:
    unknown = given.keys() - set(Settings.__slots__)
    if unknown:
        raise _fault("unknown_key", name=min(unknown), known=", ".join(Settings.__slots__))
    inbox = given.get("inbox", "inbox")
    if not isinstance(inbox, str) or not inbox:
        raise _fault("not_a_folder", name="inbox")
    return Settings(
        inbox=root / inbox,
        keep=_number(given, "keep", 7, MOST_VERSIONS),
        freshness_days=_number(given, "freshness_days", 550, 36_525),
        incremental_from=_number(given, "incremental_from", 100_000, MOST_FIGURES),
        outputs_up_to=_number(given, "outputs_up_to", 1_000_000, MOST_FIGURES),
        accept_sure=_flag(given, "accept_sure"),
        on_failure=_command(given, "on_failure"),
        on_findings=_command(given, "on_findings"),
    )


def _number(given: Mapping[str, Any], name: str, default: int, most: int) -> int:
    value: object = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise _fault("not_a_number", name=name, most=most)
    return value


def _flag(given: Mapping[str, Any], name: str) -> bool:
    value: object = given.get(name, False)
    if not isinstance(value, bool):
        raise _fault("not_a_flag", name=name)
    return value


def _command(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given.get(name, "")
    if isinstance(value, str):
        try:
            return tuple(shlex.split(value))
        except ValueError:
            raise _fault("not_a_command", name=name) from None
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise _fault("not_a_command", name=name)


def _fault(reason: str, **fields: object) -> InputFault:
    return InputFault(say(f"refresh.settings_{reason}", file=FILE, **fields))
