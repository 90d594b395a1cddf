"""Command of this room: `xuewei expectations`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from project import paths
from project.errors import InputFault, RefusedByCheck
from project.language import say


def register(app: typer.Typer) -> None:
    """Mount the command, with help in the language chosen by now."""

    @app.command(help=say("expectations.help"), epilog=say("expectations.examples"))
    def expectations(
        file: Annotated[Path | None, typer.Argument(help=say("expectations.file_help"))] = None,
        row_counts: Annotated[
            bool, typer.Option("--row-counts", help=say("expectations.row_counts_help"))
        ] = False,
    ) -> None:
        chosen = file or paths.published_file()
        if not chosen.is_file():
            raise InputFault(say("expectations.no_file", file=chosen))
        if row_counts:
            _print_row_counts(chosen)
        else:
            _judge(chosen)


def _print_row_counts(file: Path) -> None:
    from expectations.reviewed_counts import proposal

    for line in proposal(file):
        typer.echo(line)


def _judge(file: Path) -> None:
    from expectations import page, run
    from expectations.table import text_of

    verdict = run(file)
    typer.echo(text_of(verdict))
    written = page.write(verdict, paths.warehouse_folder() / "checks", file.name, datetime.now(UTC))
    typer.echo(say("expectations.page", page=written))
    if not verdict.is_publishable:
        raise RefusedByCheck(say("expectations.refused", file=file))
