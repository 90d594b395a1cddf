"""Runs what a page of docs/ shows, and gives back the page with its real output.

Blocks of `sql` are run on a built file and followed by a block of `text` with what DuckDB's shell
prints. In blocks of `console` a line `$ xuewei ...` or `$ duckdb ...` is a command, a line `D ...`
is typed into the shell that the command before it opened.
"""

import contextlib
import io
import re
import shlex
import subprocess
from pathlib import Path

from query.shell import duckdb_program
from xuewei import run

PUBLISHED = "warehouse/xuewei.duckdb"
SQL_BLOCK = re.compile(r"```sql\n(?P<sql>.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)
CONSOLE_BLOCK = re.compile(r"```console\n(?P<lines>.*?)```\n", re.DOTALL)


def with_real_output(page: str, warehouse: Path) -> str:
    """The page as it should be, whatever output stood in it."""

    def sql_block(block: re.Match[str]) -> str:
        output = duckdb(block["sql"].strip(), warehouse)
        return f"```sql\n{block['sql']}```\n\n```text\n{output}\n```\n"

    def console_block(block: re.Match[str]) -> str:
        typed = [line for line in block["lines"].splitlines() if line.startswith(("$ ", "D "))]
        return "```console\n" + "\n".join(answered(line, warehouse) for line in typed) + "\n```\n"

    return CONSOLE_BLOCK.sub(console_block, SQL_BLOCK.sub(sql_block, page))


def answered(line: str, warehouse: Path) -> str:
    """A typed line and what it prints."""
    if line.startswith("D "):
        return f"{line}\n{duckdb(line[2:], warehouse)}"
    program, *arguments = shlex.split(line[2:])
    if program == "duckdb":
        assert arguments == ["-readonly", PUBLISHED], line
        return line
    assert program == "xuewei", line
    return f"{line}\n{xuewei(arguments, warehouse)}"


def duckdb(sql: str, warehouse: Path) -> str:
    """What DuckDB's shell prints for a statement."""
    command = [str(duckdb_program()), "-readonly", "-no-init", str(warehouse), "-c", sql]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{sql}\n{ended.stderr}"
    return without_trailing_spaces(ended.stdout)


def xuewei(arguments: list[str], warehouse: Path) -> str:
    """What a command of ours prints, on the built file."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run([*arguments, "--file", str(warehouse)])
    assert code == 0, arguments
    return without_trailing_spaces(out.getvalue())


def without_trailing_spaces(output: str) -> str:
    """The lines of an output as a page can hold them."""
    return "\n".join(line.rstrip() for line in output.rstrip().splitlines())
