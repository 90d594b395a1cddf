"""Run the benchmarks one after the other, each in a process of its own.

    python -m bench                       # all of them, some minutes
    python -m bench refresh extraction    # only these

They need a published warehouse (`make warehouse`) and, for extraction against the reviewed rows,
the documents.
"""

import os
import subprocess
import sys
from pathlib import Path

import typer

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The benchmarks there are: modules of this folder that can be run."""
    return sorted(
        file.stem
        for file in FOLDER.glob("*.py")
        if not file.stem.startswith("_") and "__main__" in file.read_text(encoding="utf-8")
    )


def main(chosen: list[str]) -> int:
    """Run the chosen ones, all by default; 0 where all end well, 2 for an unknown name."""
    if {"-h", "--help"} & set(chosen):
        typer.echo(f"{__doc__}\nThere are: {', '.join(names())}.")
        return 0
    if unknown := sorted(set(chosen) - set(names())):
        typer.echo(f"no benchmark {', '.join(unknown)}; there are {', '.join(names())}", err=True)
        return 2
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    typer.echo(f"machine: {os.cpu_count()} cores, {memory:.0f} GiB")
    failed = 0
    for name in chosen or names():
        typer.echo(f"\n== {name}")
        command = [sys.executable, "-m", f"bench.{name}"]
        failed += bool(subprocess.run(command, check=False).returncode)  # noqa: S603 - ours
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
