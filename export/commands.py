"""The command `xuewei export`."""

from pathlib import Path
from typing import Annotated

import typer

from project import paths
from project.at_work import stamped
from project.language import say


def register(app: typer.Typer) -> None:
    """Mount the room's command."""

    @app.command(help=say("export.help"), epilog=say("export.examples"))
    def export(
        file: Annotated[Path | None, typer.Option(help=say("export.file_help"))] = None,
        into: Annotated[Path | None, typer.Option(help=say("export.into_help"))] = None,
    ) -> None:
        from export.release import build

        source = file or paths.published_file()
        folder = into or paths.warehouse_folder() / "exports"
        with stamped(source, folder):
            exported = build(source, folder)
        typer.echo(
            say(
                "export.done",
                files=len(exported.files),
                size=f"{exported.size / 1e6:.1f}",
                folder=exported.folder,
            )
        )
        for reason in exported.left_out:
            typer.echo(reason)
