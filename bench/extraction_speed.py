"""How fast the extractor is, and how much memory it takes.

Measured on text of our own with as many numbers as work reports hold: characters a second of one
core's time for finding numbers and for the whole way, memory as a multiple of the text's bytes.
"""

import resource
import subprocess
import sys
import time
from collections import deque
from datetime import date
from pathlib import Path
from typing import Final

import typer

from project import paths

SIZES: Final = (5, 50)
PROSE: Final = ("mianyang-2019-work-report.txt", "guangdong-2022-reply.txt")
FILLER: Final = (
    "各地各校坚持以学生发展为本，把课堂作为育人的主阵地，把教师作为发展的主力军，把家庭和社会作为"
    "协同的伙伴，持续改进备课、上课、作业、辅导和评价各个环节，努力让每个孩子都能在家门口的学校安心"
    "读书、快乐成长。教研部门深入基层听课评课，帮助乡村教师解决教学中的实际困难；督导部门加强过程"
    "指导，推动各项要求落到实处。宣传部门讲好身边的教育故事，营造尊师重教的良好氛围。\n"
)
"""Prose without numbers: with two of it to each document the density is that of reports."""

_TIMES: Final = 14
_MEGABYTE: Final = 1_000_000


def sample(megabytes: int) -> str:
    """Text of so many megabytes with about 25 numbers in 1,000 characters."""
    folder = paths.root() / "tests" / "ingest" / "documents"
    prose = "".join((folder / name).read_text(encoding="utf-8") for name in PROSE)
    prose += FILLER * _TIMES
    return prose * (megabytes * _MEGABYTE // len(prose.encode()) + 1)


def measure(megabytes: int) -> tuple[float, float, float, int]:
    """Characters a second of finding and of the whole way, memory multiple, numbers."""
    from ingest.meaning import load_reference
    from ingest.meaning.header import read_header
    from ingest.meaning.propose import propose
    from ingest.quantities import find
    from ingest.readers import Document

    text = sample(megabytes)
    reference = load_reference(paths.seeds_folder())
    find(text[:100_000])
    begin = time.process_time()
    numbers = len(find(text))
    finding = time.process_time() - begin
    document = Document(Path("sample.txt"), "txt", text, (), "", False)
    begin = time.process_time()
    header = read_header(text, reference, date(2026, 11, 22))
    deque(propose(document, header, reference), maxlen=0)
    whole = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return len(text) / finding, len(text) / whole, peak / (megabytes * _MEGABYTE), numbers


def show_speed() -> None:
    """Print a line for each size, each measured in a process of its own."""
    heads = f"{'find chars/s':>16}{'whole chars/s':>16}{'memory':>10}"
    typer.echo(f"{'text':>8}{'numbers':>10}{heads}")
    for megabytes in SIZES:
        code = f"from bench.extraction_speed import measure; print(*measure({megabytes}))"
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        finding, whole, multiple, numbers = done.stdout.split()
        typer.echo(
            f"{megabytes:>5} MB{int(numbers):>10}{float(finding):>16,.0f}"
            f"{float(whole):>16,.0f}{float(multiple):>9.1f}x"
        )
