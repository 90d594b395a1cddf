"""How many slips of a typist the checks catch, and which figures nothing guards.

    python -m bench.mutation                      # warehouse/xuewei.duckdb
    python -m bench.mutation warehouse/dev.duckdb
    python -m bench.mutation --missed             # every catchable slip that was not caught

Each figure that a check reads is changed in one digit, by a lost decimal point and by two swapped
digits, one slip at a time. A slip is catchable where it moves a check by more than the slack of
its intervals, and caught where the project's own models find a contradiction that is not there
without it.
"""

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import typer

from bench.mutated_figures import KINDS, Figure, Mutation, mutations
from bench.mutated_worlds import contradicted_worlds, read_figures
from bench.mutation_slack import Checks
from project import paths

CAUGHT: Final = 0.95
GUARDED: Final = 0.70


def share(part: int, whole: int) -> str:
    """A part of a whole as a person reads it."""
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "0 of 0"


def report_guards(figures: Sequence[Figure], checks: Checks) -> float:
    """Say which figures are guarded, list those that are not; the guarded share of the actual."""
    actual = [figure for figure in figures if figure.status in ("actual", "change")]
    guarded = [figure for figure in actual if checks.is_guarded(figure.figure_id)]
    equal = [figure for figure in actual if checks.is_guarded(figure.figure_id, by_equality=True)]
    typer.echo(f"actual figures guarded by a check: {share(len(guarded), len(actual))}")
    typer.echo(f"  of these by an equality or a repeat: {share(len(equal), len(actual))}")
    for figure in actual:
        if figure not in guarded:
            typer.echo(f"  unguarded: {figure.figure_id} {''.join(figure.printed.split())}")
    return len(guarded) / len(actual)


def report_slips(
    slips: Sequence[Mutation], caught: Iterable[int], checks: Checks, missed: bool
) -> float:
    """Say how many catchable slips were caught, by kind; their share."""
    hit = set(caught)
    catchable = {number for number, slip in enumerate(slips) if checks.is_catchable(slip)}
    for kind in (*KINDS, "all"):
        of_kind = {number for number, slip in enumerate(slips) if kind in (slip.kind, "all")}
        possible = of_kind & catchable
        typer.echo(
            f"{kind}: {len(of_kind)} slips, {len(possible)} catchable,"
            f" caught {share(len(possible & hit), len(possible))},"
            f" {len(of_kind & hit - catchable)} caught inside the slack"
        )
    for number in sorted(catchable - hit) if missed else []:
        slip = slips[number]
        typer.echo(f"  missed: {slip.figure_id} {slip.before} -> {slip.after}")
    return len(catchable & hit) / len(catchable)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("built", nargs="?", type=Path, default=paths.published_file())
    parser.add_argument("--missed", action="store_true", help="list what was not caught")
    asked = parser.parse_args(arguments)
    start = time.monotonic()
    figures = read_figures(asked.built)
    checks = Checks(asked.built)
    slips = [
        slip
        for figure in figures
        if checks.is_guarded(figure.figure_id)
        for slip in mutations(figure)
    ]
    caught = contradicted_worlds(asked.built.resolve(), slips)
    caught_share = report_slips(slips, caught, checks, asked.missed)
    guarded_share = report_guards(figures, checks)
    typer.echo(f"{len(slips)} slips in {time.monotonic() - start:.0f} s")
    return 0 if caught_share >= CAUGHT and guarded_share >= GUARDED else 1


if __name__ == "__main__":
    raise SystemExit(main())
