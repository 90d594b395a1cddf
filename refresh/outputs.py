"""What is made from a version: dbt's pages, the report, the exports, each in its own process.

A room takes part by a function `build(file, folder)`. Its extra packages may be missing: then it
is left out, and the run says so.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from project.at_work import STAMP
from project.errors import XueweiError
from project.language import say
from refresh import contents, durable, versions, workers
from refresh.places import HALF_MADE, Places
from refresh.versions import Version

# Function, and the folder that it fills.
BUILDERS: Final = (
    ("report.catalogue:build", "catalogue"),
    ("report:build", "report"),
    ("export.release:build", "exports"),
)
# The report takes along what lies beside it when it begins.
AFTER: Final = {"report": "catalogue"}
# The page of the checks is written while the report is: it links it, and we put it there.
CHECKS: Final = "checks"


def made(
    places: Places, version: Version, make: Callable[[], tuple[str, ...]]
) -> tuple[Version, tuple[str, ...]]:
    """Put the outputs of the published version in place and note it; and what was left out.

    make: gives back what was left out once the outputs lie in the build folder. Raises XueweiError
    where one fails: the version stays published and the next refresh retries.
    """
    version = versions.mark(version, has_outputs=False)
    try:
        left_out = make()
        _add_checks(places.build / "report", version)
        names = _stamp(places, version)
        _put_in_place(places)
    except Exception as error:
        trouble = error.message if isinstance(error, XueweiError) else repr(error)
        sentence = say("refresh.outputs_failed", version=version.manifest.name, error=trouble)
        raise XueweiError(sentence) from error
    return versions.mark(version, has_outputs=True, outputs=names), left_out


def belong(places: Places, version: Version) -> bool:
    """Whether everything that was made from the published version lies there and is of it."""
    found = version.manifest
    return found.has_outputs and all(
        _version_of(places.warehouse / name) == found.name for name in found.outputs
    )


def _version_of(folder: Path) -> str | None:
    try:
        return (folder / STAMP).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _stamp(places: Places, version: Version) -> tuple[str, ...]:
    """Let each output name its version; gives back which there are."""
    folders = [places.build / name for _, name in BUILDERS if (places.build / name).is_dir()]
    for folder in folders:
        durable.write(folder / STAMP, f"{version.manifest.name}\n".encode())
    return tuple(folder.name for folder in folders)


def make_up_to(most: int, places: Places, file: Path) -> tuple[str, ...]:
    """Make everything of a warehouse of so many figures at most; of a larger one say how to."""
    figures = contents.read(file).figures
    if figures > most:
        return (say("refresh.outputs_apart", figures=figures, most=most),)
    return make(places, file)


def make(places: Places, file: Path) -> tuple[str, ...]:
    """Make everything that there is a room for, in the build folder; gives back what was left out.

    file: a warehouse that nobody writes to. Raises what a room raises.
    """
    there = [(f, name) for f, name in BUILDERS if find_spec(f.partition(":")[0].partition(".")[0])]
    places.build.mkdir(parents=True, exist_ok=True)
    begun: dict[str, Future[object]] = {}
    with ThreadPoolExecutor(len(BUILDERS)) as pool:
        for function, name in there:
            first = begun.get(AFTER.get(name, ""))
            more = (None, _promised(places, file)) if name == "report" else ()
            begun[name] = pool.submit(_call, first, function, file, places.build / name, *more)
    return tuple(sentence for name, part in begun.items() for sentence in _left_out(name, part))


def _promised(places: Places, file: Path) -> tuple[str, ...]:
    """What will lie in the report's folder before anybody sees it."""
    has_checks = file == places.side or file.with_name(versions.CHECKS).is_file()
    return (CHECKS,) if has_checks else ()


def _call(first: "Future[object] | None", function: str, *arguments: object) -> object:
    if first is not None:
        wait([first])
    return workers.call(function, *arguments)


def _left_out(folder: str, part: "Future[object]") -> Iterator[str]:
    try:
        yield from getattr(part.result(), "left_out", ())
    except ModuleNotFoundError as missing:
        yield say("refresh.left_out", folder=folder, module=missing.name)


def _add_checks(report: Path, version: Version) -> None:
    """The checks that this very version passed, whatever was judged since."""
    if report.is_dir() and version.checks.is_file():
        (report / CHECKS).mkdir(exist_ok=True)
        shutil.copyfile(version.checks, report / CHECKS / "index.html")


def _put_in_place(places: Places) -> None:
    """Two renames per folder; what was there goes with the build folder."""
    for _, folder in BUILDERS:
        made, place = places.build / folder, places.warehouse / folder
        if made.exists():
            if place.exists():
                durable.move(place, places.build / f"{HALF_MADE}{folder}")
            durable.move(made, place)
