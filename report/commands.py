"""The command of this room: `xuewei report`."""

from pathlib import Path
from typing import Annotated

import typer

from project import paths
from project.at_work import stamped
from project.language import say


def register(app: typer.Typer) -> None:
    """Mount the command, with help in the language chosen by now."""

    @app.command(help=say("report.help"), epilog=say("report.examples"))
    def report(
        file: Annotated[Path | None, typer.Option("--file", help=say("report.file_help"))] = None,
        into: Annotated[Path | None, typer.Option("--into", help=say("report.into_help"))] = None,
        boundaries: Annotated[
            Path | None, typer.Option("--boundaries", help=say("report.boundaries_help"))
        ] = None,
        approval: Annotated[
            str | None, typer.Option("--approval", help=say("report.approval_help"))
        ] = None,
        catalogue: Annotated[
            bool, typer.Option("--catalogue", help=say("report.catalogue_help"))
        ] = False,
    ) -> None:
        _report(file, into, boundaries, approval, catalogue)


def _report(
    file: Path | None,
    into: Path | None,
    boundaries: Path | None,
    approval: str | None,
    catalogue: bool,
) -> None:
    from report import build
    from report.options import BoundaryFile

    source = file or paths.published_file()
    folder = into or paths.warehouse_folder() / "report"
    outlines = BoundaryFile(boundaries, approval) if boundaries else None
    beside = folder.absolute().parent / "catalogue"
    with stamped(source, folder, *([beside] if catalogue else [])):
        if catalogue:
            from report.catalogue import build as build_catalogue

            build_catalogue(source, beside)
        count = build(source, folder, outlines)
    typer.echo(say("report.built", count=count, file=folder / "index.html"))
