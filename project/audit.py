"""Audits what is installed, as `make audit`: locks, hashes, versions, files, licences.

Everything but the search for known vulnerabilities works without a network: pip-audit does that
one where it is installed. Exit code 1 where anything is wrong.
"""

import base64
import csv
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Final

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from project import paths
from project.language import say

LOCKS: Final = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-spark.lock",
    "requirements-uv.lock",
)
# The second lock is only checked against what is installed where its own tools are.
DEVELOPMENT_TOOL: Final = "pytest"
LICENCES: Final = Path(__file__).parent / "licences.csv"

PINNED: Final = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)")
HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}(?![0-9a-f])")
# An address, the path of a machine, or an option that sends pip to either.
PLACE: Final = re.compile(
    r"://|@ |(?<![\w.])/(?:home|root|work|Users|tmp)/"
    r"|--(?:index-url|extra-index-url|find-links|trusted-host)"
)


@dataclass(frozen=True, slots=True)
class Locked:
    """One requirement of a lock; `marker` says for which machines."""

    lock: str
    row: int
    name: str
    version: str
    hashes: int
    marker: str | None

    @property
    def is_for_us(self) -> bool:
        """Whether this machine wants it."""
        return self.marker is None or Marker(self.marker).evaluate()


def read_lock(lock: str, text: str) -> tuple[list[Locked], list[str]]:
    """The requirements of a lock file, and a sentence per line that is none."""
    found: list[Locked] = []
    faults: list[str] = []
    for row, statement in _statements(text):
        if place := PLACE.search(statement):
            faults.append(say("audit.place", lock=lock, row=row, place=place[0].strip()))
        pinned = PINNED.match(statement)
        if pinned is None:
            faults.append(say("audit.not_pinned", lock=lock, row=row, line=statement[:60]))
            continue
        _, _, marker = statement.partition("--hash")[0].partition(";")
        name = canonicalize_name(pinned["name"])
        hashes = len(HASH.findall(statement))
        found.append(Locked(lock, row, name, pinned["version"], hashes, marker.strip() or None))
    faults += [
        say("audit.no_hash", lock=lock, row=entry.row, name=entry.name)
        for entry in found
        if not entry.hashes
    ]
    return found, faults


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Requirements with their hashes in one line each, and the row in which they begin."""
    begin, parts = 0, list[str]()
    for row, line in enumerate(text.splitlines(), 1):
        code = line.partition("#")[0].strip()
        if code and not parts:
            begin = row
        if code:
            parts.append(code.removesuffix("\\").strip())
        if parts and not code.endswith("\\"):
            yield begin, " ".join(parts)
            parts = []


def not_locked(locked: Iterable[Locked], requirements: Iterable[str]) -> Iterator[str]:
    """A sentence per direct requirement that the lock lacks or answers with a wrong version."""
    versions = {entry.name: entry.version for entry in locked}
    for text in requirements:
        wanted = Requirement(text)
        version = versions.get(canonicalize_name(wanted.name))
        if version is None:
            yield say("audit.not_in_lock", name=wanted.name)
        elif not wanted.specifier.contains(version, prereleases=True):
            yield say("audit.outside", name=wanted.name, version=version, wanted=wanted.specifier)


def installed_otherwise(locked: Iterable[Locked]) -> Iterator[str]:
    """A sentence per requirement that is missing here or installed in another version."""
    for entry in locked:
        if entry.is_for_us:
            installed = _distribution(entry.name)
            if installed is None:
                yield say("audit.missing", name=entry.name, version=entry.version)
            elif installed.version != entry.version:
                yield say(
                    "audit.other_version",
                    name=entry.name,
                    installed=installed.version,
                    locked=entry.version,
                )


def changed_files(
    installed: Iterable[Distribution], others: Iterable[Distribution] = ()
) -> Iterator[str]:
    """A sentence per file that is not what the installer of its package wrote down.

    A file that several packages bring, as parts of one namespace do, is that of any of them:
    hence the others, whose own files are not looked at.
    """
    written = _written(installed)
    for path, entries in _written(others).items():
        written.get(path, []).extend(entries)
    for path, entries in written.items():
        name = entries[0][0]
        if not path.is_file():
            yield say("audit.file_gone", name=name, file=path.name)
        elif all(_digest(path, mode) != value for _, mode, value in entries):
            yield say("audit.file_changed", name=name, file=path.name)


def _written(packages: Iterable[Distribution]) -> dict[Path, list[tuple[str, str, str]]]:
    """Path -> package, hash function and hash, as the installers wrote them down."""
    written: dict[Path, list[tuple[str, str, str]]] = {}
    for package in packages:
        for file in package.files or ():
            if file.hash is not None and file.suffix != ".pyc":
                entry = (package.name, file.hash.mode, file.hash.value)
                written.setdefault(Path(str(package.locate_file(file))), []).append(entry)
    return written


def _digest(path: Path, mode: str) -> str:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, mode).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def licence_fault(installed: Distribution, permitted: frozenset[str]) -> str | None:
    """A sentence where a package's metadata name no licence that is permitted."""
    expression = _field(installed, "License-Expression")
    classified = [
        entry.rpartition("::")[2].strip()
        for entry in installed.metadata.get_all("Classifier") or ()
        if entry.startswith("License ::")
    ]
    if expression is None and any(name in permitted for name in classified):
        return None
    words = expression or (_field(installed, "License") or "").strip().partition("\n")[0]
    if words and _is_permitted(words, permitted):
        return None
    named = words[:60] or ", ".join(classified) or "-"
    return say("audit.licence", name=installed.name, licence=named, file=LICENCES.name)


def _field(installed: Distribution, name: str) -> str | None:
    return next(iter(installed.metadata.get_all(name) or ()), None)


def _is_permitted(expression: str, permitted: frozenset[str]) -> bool:
    """Whether some alternative of an SPDX expression has only permitted parts."""
    if expression in permitted:
        return True
    plain = re.sub(r"[()]", " ", expression)
    if "(" in expression:
        # Brackets stand around alternatives here: each part must then be permitted by itself.
        return all(part.strip() in permitted for part in re.split(r"\b(?:AND|OR|and|or)\b", plain))
    return any(
        all(part.strip() in permitted for part in re.split(r"\b(?:AND|and)\b|,", choice))
        for choice in re.split(r"\b(?:OR|or)\b", plain)
    )


def permitted_names() -> tuple[frozenset[str], frozenset[str]]:
    """Licences that are permitted, and packages that are, each with a reason in the file."""
    with LICENCES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    licences = frozenset(row["name"] for row in rows if row["kind"] == "licence")
    return licences, frozenset(row["name"] for row in rows if row["kind"] == "package")


def vulnerabilities(root: Path) -> tuple[bool, str]:
    """Whether nothing is known against what is locked, and a sentence; True where none can ask."""
    program = shutil.which("pip-audit", path=str(Path(sys.executable).parent))
    program = program or shutil.which("pip-audit")
    if program is None:
        return True, say("audit.no_pip_audit")
    lock = str(root / LOCKS[0])
    asked = subprocess.run(  # noqa: S603 - the program of our environment
        [
            program,
            "--requirement",
            lock,
            "--require-hashes",
            "--disable-pip",
            "--progress-spinner=off",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    said = asked.stdout.strip() or asked.stderr.strip()
    if asked.returncode and not asked.stdout.strip():
        return True, say("audit.no_answer", error=said.splitlines()[-1][:160] if said else "-")
    return not asked.returncode, said if asked.returncode else say("audit.none_known")


def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def audit(root: Path) -> Iterator[str]:
    """A sentence per fault in the locks of a project and in what is installed of them."""
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    checked: dict[str, Locked] = {}
    for lock in LOCKS:
        locked, faults = read_lock(lock, (root / lock).read_text(encoding="utf-8"))
        yield from faults
        if lock == LOCKS[0]:
            yield from not_locked(locked, project["dependencies"])
        if lock == LOCKS[0] or (lock == LOCKS[1] and _distribution(DEVELOPMENT_TOOL)):
            checked |= {entry.name: entry for entry in locked}
    yield from installed_otherwise(checked.values())
    installed = [found for name in sorted(checked) if (found := _distribution(name)) is not None]
    yield from changed_files(installed, distributions())
    licences, exempt = permitted_names()
    for package in installed:
        is_exempt = canonicalize_name(package.name) in exempt
        if not is_exempt and (fault := licence_fault(package, licences)):
            yield fault


def main() -> int:
    """Print what is wrong, and what was looked at; 1 where anything is wrong."""
    root = paths.root()
    faults = list(audit(root))
    is_clean, sentence = vulnerabilities(root)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    count = sum(len(read_lock(lock, (root / lock).read_text("utf-8"))[0]) for lock in LOCKS)
    sys.stdout.write(f"{say('audit.done', count=count, faults=len(faults))}\n{sentence}\n")
    return int(bool(faults) or not is_clean)


if __name__ == "__main__":
    sys.exit(main())
