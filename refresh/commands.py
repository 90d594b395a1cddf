"""Commands of this room: `xuewei refresh`, `rollback`, `diff` and `status`."""

import json
from typing import Annotated

import typer

from project.errors import ExitCode, UsageFault
from project.language import say
from refresh.places import places


def register(app: typer.Typer) -> None:
    """Mount the commands, with help in the language chosen by now."""
    _register_refresh(app)
    _register_versions(app)

    @app.command(help=say("refresh.status_help"), epilog=say("refresh.status_examples"))
    def status(
        runs: Annotated[
            int, typer.Option("--runs", min=0, help=say("refresh.status_runs_help"))
        ] = 10,
        format_: Annotated[
            str, typer.Option("--format", metavar="text|json", help=say("refresh.format_help"))
        ] = "text",
    ) -> None:
        _status(runs, _one_of(format_))


def _register_refresh(app: typer.Typer) -> None:
    @app.command(help=say("refresh.help"), epilog=say("refresh.examples"))
    def refresh(
        force: Annotated[bool, typer.Option("--force", help=say("refresh.force_help"))] = False,
        keep: Annotated[
            int | None, typer.Option("--keep", min=0, max=1000, help=say("refresh.keep_help"))
        ] = None,
        log_format: Annotated[
            str,
            typer.Option("--log-format", metavar="text|json", help=say("refresh.log_format_help")),
        ] = "text",
        detailed_exit_code: Annotated[
            bool, typer.Option("--detailed-exit-code", help=say("refresh.detailed_help"))
        ] = False,
    ) -> None:
        _refresh(force, keep, _one_of(log_format), detailed_exit_code)


def _register_versions(app: typer.Typer) -> None:
    @app.command(help=say("refresh.rollback_help"), epilog=say("refresh.rollback_examples"))
    def rollback(
        version: Annotated[
            str | None, typer.Argument(help=say("refresh.rollback_version_help"))
        ] = None,
    ) -> None:
        from refresh.rollback import rollback as put_back

        chosen = put_back(places(), version)
        typer.echo(say("refresh.rolled_back", version=chosen.manifest.name))

    @app.command(help=say("refresh.diff_help"), epilog=say("refresh.diff_examples"))
    def diff(
        old: Annotated[str, typer.Argument(help=say("refresh.diff_old_help"))],
        new: Annotated[str, typer.Argument(help=say("refresh.diff_new_help"))] = "published",
        rows: Annotated[
            int, typer.Option("--rows", min=0, help=say("refresh.diff_rows_help"))
        ] = 10,
        format_: Annotated[
            str, typer.Option("--format", metavar="text|json", help=say("refresh.format_help"))
        ] = "text",
    ) -> None:
        from refresh.difference_text import show

        typer.echo(show(places(), old, new, rows, _one_of(format_)))


def _refresh(force: bool, keep: int | None, log_format: str, detailed: bool) -> None:
    from refresh.run import Options, refresh
    from refresh.summary import data_of, text_of

    where = places()
    done, log = refresh(where, Options(force, keep, "json" if log_format == "json" else "text"))
    seconds = sum(log.seconds.values())
    if log_format == "json":
        typer.echo(json.dumps(data_of(done, seconds), ensure_ascii=False))
    else:
        typer.echo(text_of(done, where, seconds))
    if detailed and done.outcome == "published":
        raise typer.Exit(ExitCode.PUBLISHED)


def _status(runs: int, format_: str) -> None:
    from dataclasses import asdict

    from refresh import settings
    from refresh.status import status, text_of

    where = places()
    found = status(where, settings.load(where.root), runs)
    if format_ == "json":
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        typer.echo(text_of(found))


def _one_of(format_: str) -> str:
    if format_ not in {"text", "json"}:
        raise UsageFault(say("refresh.unknown_format", format=format_))
    return format_
