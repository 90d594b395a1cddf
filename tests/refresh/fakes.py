"""A tiny project and small steps in place of the heavy ones, for the tests of the refresh.

The warehouse that they build shows by itself whether it is whole: every row of `stamps` carries
the one number that the seed holds, and there are ROWS of them.
"""

import csv
import hashlib
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

import duckdb

from expectations.verdict import FailingRow, Result, Verdict
from refresh.extractor import Ingest, Ingested
from refresh.places import Places
from refresh.steps import Steps

ROWS = 20_000
HELD = Verdict((Result("no_new_contradiction", "quality", "critical", success=True),))
BROKEN = Verdict(
    (
        Result(
            "no_new_contradiction",
            "quality",
            "critical",
            success=False,
            unexpected=1,
            rows=(FailingRow("consistency_findings", "finding_id=a", "stated 1, derived 2"),),
        ),
    )
)


def lay_out(root: Path, number: int = 1) -> Places:
    """A project with one seed that holds one number, and an empty inbox."""
    (root / "seeds").mkdir(parents=True)
    (root / "inbox").mkdir()
    set_number(root, number)
    return Places(root, root / "warehouse")


def set_number(root: Path, number: int) -> None:
    (root / "seeds" / "number.csv").write_text(f"number\n{number}\n", encoding="utf-8")


def number_of(root: Path) -> int:
    return int((root / "seeds" / "number.csv").read_text(encoding="utf-8").split()[1])


def build(places: Places) -> None:
    """Write the side file from the seeds, as dbt would."""
    number = number_of(places.root)
    with duckdb.connect(str(places.side)) as connection:
        connection.execute(
            "create table main.stamps as select ? as number, i from range(?) as t(i)",
            [number, ROWS],
        )
        connection.execute("create table main.documents (document_id varchar, published_on date)")
        connection.execute(
            "create table main.figures (figure_id varchar, document_id varchar, value integer)"
        )
        connection.execute(
            "create table main.consistency_findings "
            "(finding_id varchar, verdict varchar, is_acknowledged boolean)"
        )
        for name, digest in documents_in_seeds(places.root):
            connection.execute("insert into main.documents values (?, '2023-09-01')", [name])
            connection.execute("insert into main.figures values (?, ?, 1)", [digest, name])


def documents_in_seeds(root: Path) -> list[tuple[str, str]]:
    file = root / "seeds" / "documents.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row[0], row[1]) for row in csv.reader(lines)]


def ingest_into(root: Path) -> Ingest:
    """An extractor that takes every document in as one row, once, whole or not at all."""

    def ingest(paths: Sequence[Path]) -> Ingested:
        rows = dict(documents_in_seeds(root))
        for path in paths:
            rows[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        aside = root / "seeds" / ".documents.tmp"
        with aside.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(sorted(rows.items()))
        aside.replace(root / "seeds" / "documents.csv")
        return Ingested()

    return ingest


def steps(
    build_step: Callable[[Places], None] = build,
    verdict: Verdict = HELD,
    faults: Sequence[str] = (),
    ingest: Ingest | None = None,
    outputs: Callable[[Places, Path], tuple[str, ...]] = lambda _places, _file: (),
    test_code: Callable[[Places], None] = lambda _: None,
) -> Steps:
    return Steps(
        check_seeds=lambda _, __: list(faults),
        build=build_step,
        test_code=test_code,
        expect=lambda *_: verdict,
        make_outputs=outputs,
        ingest=ingest,
        at_hand=nullcontext,
    )


def whole_number(file: Path) -> int:
    """The number of a whole warehouse; fails for one that is torn or half-built."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute(
            "select min(number), max(number), count(*), count(distinct i) from main.stamps"
        ).fetchone()
        runs = connection.execute("select count(*) from main.refresh_runs").fetchone()
    assert found is not None
    assert runs is not None
    low, high, rows, distinct = found
    assert (low, rows, distinct) == (high, ROWS, ROWS), f"torn: {found}"
    return int(low)


def main() -> None:
    """Refresh once, slowly, in a process that a test can kill: fakes.py ROOT [SECONDS]."""
    root = Path(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0

    def slow_build(places: Places) -> None:
        time.sleep(seconds * random.random())  # noqa: S311
        build(places)
        time.sleep(seconds * random.random())  # noqa: S311

    from project.errors import XueweiError
    from refresh.run import Options, refresh

    sys.stdout.write("begun\n")
    sys.stdout.flush()
    try:
        refresh(
            Places(root, root / "warehouse"),
            Options(),
            steps(slow_build, ingest=ingest_into(root)),
        )
    except XueweiError as error:
        sys.stderr.write(f"{error.message}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    os.environ.setdefault("XUEWEI_LANG", "en")
    main()
