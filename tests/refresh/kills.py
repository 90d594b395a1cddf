"""Kills a refresh or a rollback at one call to the system after the other: kills.py FOLDER STEP.

Every run is a child of a process that has never opened a database, and ends itself in the middle
by `os._exit` where Python is about to change the disk. A refresh that follows must leave file,
report and exports of one and the same version. Prints how many calls there were.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# What the audit events of Python call the changes of names; files opened for writing come besides.
EVENTS = frozenset({"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod"})
KILLED = 9


def make(places: Any, file: Path) -> tuple[str, ...]:
    """Outputs that hold the number of the warehouse that they were made from."""
    from tests.refresh import fakes

    for name in ("catalogue", "report", "exports"):
        folder = places.build / name
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(str(fakes.whole_number(file)), encoding="utf-8")
    return ()


def refresh(root: Path) -> None:
    from refresh.places import Places
    from refresh.run import Options, refresh
    from tests.refresh import fakes

    refresh(Places(root, root / "warehouse"), Options(), fakes.steps(outputs=make))


def rollback(root: Path) -> None:
    from refresh.places import Places
    from refresh.rollback import rollback
    from tests.refresh import fakes

    rollback(Places(root, root / "warehouse"), None, fakes.steps(outputs=make))


def numbers(root: Path) -> set[int]:
    """The numbers of the file and of everything that is made from it: one, if all is well."""
    from tests.refresh import fakes

    warehouse = root / "warehouse"
    made = {
        int((warehouse / name / "index.html").read_text(encoding="utf-8"))
        for name in ("catalogue", "report", "exports")
    }
    return made | {fakes.whole_number(warehouse / "xuewei.duckdb")}


def in_a_child(act: Callable[[Path], object], root: Path, call: int = 0) -> int:
    """Do something in a child that dies before its `call`-th change of the disk; its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        if call:
            _die_at(call, str(root / "warehouse"))
        act(root)
    except BaseException as error:  # a child must end here, whatever happened
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def _die_at(call: int, folder: str) -> None:
    left = [call]

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        is_write = event == "open" and isinstance(arguments[1], str) and arguments[1][:1] in "wax"
        if (is_write or event in EVENTS) and str(arguments[0]).startswith(folder):
            left[0] -= 1
            if not left[0]:
                os._exit(KILLED)

    sys.addaudithook(count)


def main() -> None:
    folder, step = Path(sys.argv[1]), int(sys.argv[3])
    act = {"refresh": refresh, "rollback": rollback}[sys.argv[2]]
    from tests.refresh import fakes

    before = folder / "before"
    fakes.lay_out(before, 1)
    assert in_a_child(refresh, before) == 0
    fakes.set_number(before, 2)
    if act is rollback:
        assert in_a_child(refresh, before) == 0
    call = 1
    while True:
        root = folder / f"killed-{call}"
        shutil.copytree(before, root, symlinks=True)
        _link_again(root / "warehouse")
        if in_a_child(act, root, call) != KILLED:
            break
        assert in_a_child(refresh, root) == 0, call
        assert in_a_child(_one_number, root) == 0, call
        shutil.rmtree(root)
        call += step
    sys.stdout.write(f"{call - 1}\n")


def _link_again(warehouse: Path) -> None:
    """What a copy makes of one file with two names is two files: readers never see that."""
    published = warehouse / "xuewei.duckdb"
    for version in sorted((warehouse / "versions").glob("*/xuewei.duckdb")):
        if version.read_bytes() == published.read_bytes():
            published.unlink()
            os.link(version, published)
            return


def _one_number(root: Path) -> None:
    found = numbers(root)
    assert len(found) == 1, found


if __name__ == "__main__":
    os.environ.setdefault("XUEWEI_LANG", "en")
    main()
