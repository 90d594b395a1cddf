"""Runs what docs/scheduled-job.md shows, for real and in its order, and rewrites the outputs.

    XUEWEI_REWRITE_DOCS=1 python -m pytest tests/refresh/test_docs.py

A comment `<!-- run: NAME -->` stands before each block of `console`; what has to be so before the
block is run, a broken seed or a document in the inbox, is the function of that name below.
"""

import contextlib
import csv
import os
import platform
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from project import paths
from refresh import lock
from refresh.places import Places

BLOCK = re.compile(
    r"(?P<mark><!-- run: (?P<name>[a-z-]+) -->\n)```console\n(?P<lines>.*?)```\n", re.DOTALL
)
HOME = "/srv/xuewei"
HOST = "nightly"
ROWS_SHOWN = 4
WIDTH = 118


def with_real_output(page: str, root: Path, language: str) -> str:
    """The page with what its commands print on the project at `root`, block after block."""
    places = Places(root, root / "warehouse")

    def answered(block: re.Match[str]) -> str:
        with PREPARATIONS.get(block["name"], _nothing)(places):
            lines = [
                line
                for command in commands_of(block["lines"])
                for line in (f"$ {command}", *_run(root, command, language))
            ]
        return f"{block['mark']}```console\n" + "\n".join(lines) + "\n```\n"

    return BLOCK.sub(answered, page)


def commands_of(lines: str) -> list[str]:
    """What is typed in a block; the exit code is always asked for by the reader."""
    return [
        line.removeprefix("$ ")
        for line in lines.splitlines()
        if line.startswith("$ ") and line != "$ echo $?"
    ]


def _run(root: Path, command: str, language: str) -> Iterator[str]:
    program, *words = shlex.split(command)
    assert program == "xuewei", command
    done = subprocess.run(
        [sys.executable, str(paths.root() / "xuewei.py"), *words],
        env={**os.environ, "XUEWEI_ROOT": str(root), "XUEWEI_LANG": language},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    yield from _in_short(done.stdout.replace(str(root), HOME).replace(platform.node(), HOST))
    if done.returncode:
        yield "$ echo $?"
        yield str(done.returncode)


def _in_short(said: str) -> Iterator[str]:
    """The lines, the longest cut, and of a long list of marts only the first."""
    shown = 0
    for line in said.rstrip().splitlines():
        is_row = re.fullmatch(r"  [a-z_]+ +[\d,]+(  [+-][\d,]+)?", line) is not None
        shown = shown + 1 if is_row else 0
        if shown <= ROWS_SHOWN:
            yield f"{line[: WIDTH - 3]}..." if len(line) > WIDTH else line
        elif shown == ROWS_SHOWN + 1:
            yield "  ..."


@contextlib.contextmanager
def _nothing(_: Places) -> Iterator[None]:
    yield


@contextlib.contextmanager
def _changed(places: Places, seed: str, key: str, **cells: str) -> Iterator[None]:
    """A seed with other cells in one row, for as long as the block runs."""
    file = places.root / "seeds" / seed
    before = file.read_bytes()
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    for row in rows:
        if row[0] == key:
            for name, cell in cells.items():
                row[header.index(name)] = cell
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *rows])
    try:
        yield
    finally:
        if not cells.get("title_zh"):
            file.write_bytes(before)


def _broken_seed(places: Places) -> contextlib.AbstractContextManager[None]:
    return _changed(places, "documents/figures.csv", "changsha-2024-2-003", unit_code="座")


@contextlib.contextmanager
def _contradiction(places: Places) -> Iterator[None]:
    """One that is in the data and that nobody has acknowledged any more."""
    [file] = (places.root / "seeds").rglob("acknowledged_findings.csv")
    before = file.read_text(encoding="utf-8")
    header, _, rest = before.split("\n", 2)
    file.write_text(f"{header}\n{rest}", encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(before, encoding="utf-8")


def _changed_title(places: Places) -> contextlib.AbstractContextManager[None]:
    """This one stays: it is the change that later blocks compare and take back."""
    title = "长沙市新时代基础教育扩优提质行动计划（更正）"
    return _changed(places, "documents/documents.csv", "changsha-2024-2", title_zh=title)


@contextlib.contextmanager
def _document(places: Places) -> Iterator[None]:
    letter = places.root / "inbox" / "letter-of-a-town.txt"
    letter.parent.mkdir(exist_ok=True)
    letter.write_text("某镇去年底约有幼儿园十二所。\n", encoding="utf-8")
    yield


@contextlib.contextmanager
def _somebody_at_work(places: Places) -> Iterator[None]:
    with lock.hold(places, "20261122T023000Z-0000"):
        yield


PREPARATIONS: dict[str, Callable[[Places], contextlib.AbstractContextManager[None]]] = {
    "broken-seed": _broken_seed,
    "contradiction": _contradiction,
    "locked": _somebody_at_work,
    "document": _document,
    "changed": _changed_title,
}
