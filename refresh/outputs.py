"""What is made from a published version: the report and the exports, each by its own room.

A room takes part by a function `build(file, folder)` that builds aside and swaps its folder in.
Its extra packages may be missing: then it is left out, and the run says so.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from project.errors import XueweiError
from project.language import say
from refresh import versions
from refresh.places import Places
from refresh.versions import Version

# Module with the function, and the folder below the warehouse.
BUILDERS: Final = (("report", "report"), ("export.release", "exports"))


def made(
    places: Places, version: Version, make: Callable[[Places, Path], tuple[str, ...]]
) -> tuple[Version, tuple[str, ...]]:
    """Make the outputs of a version and note it; gives it back with what was left out.

    Raises XueweiError where one fails: the version stays published and the next refresh retries.
    """
    version = versions.mark(version, has_outputs=False)
    try:
        left_out = make(places, version.file)
    except Exception as error:
        trouble = error.message if isinstance(error, XueweiError) else repr(error)
        sentence = say("refresh.outputs_failed", version=version.manifest.name, error=trouble)
        raise XueweiError(sentence) from error
    return versions.mark(version, has_outputs=True), left_out


def make(places: Places, file: Path) -> tuple[str, ...]:
    """Make everything that there is a room for; gives back what was left out, and why.

    file: the published version, read-only. Raises what a room raises.
    """
    left_out = []
    for module, folder in BUILDERS:
        if find_spec(module.partition(".")[0]) is None:
            continue
        try:
            import_module(module).build(file, places.warehouse / folder)
        except ModuleNotFoundError as missing:
            left_out.append(say("refresh.left_out", folder=folder, module=missing.name))
    return tuple(left_out)
