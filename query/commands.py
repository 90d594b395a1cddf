"""Commands of this room: `xuewei explain`, `search`, `query`, `shell` and `mcp`."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from project import paths
from project.language import say
from query.faults import QueryFault

WIDE: Final = 1000


class TreeFormat(StrEnum):
    """How an explanation or what was found is printed."""

    TEXT = "text"
    JSON = "json"


class TableFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Mount the commands, with help in the language chosen by now."""
    _register_explain(app)
    _register_search(app)
    _register_query(app)
    _register_shell(app)
    _register_mcp(app)


def _register_explain(app: typer.Typer) -> None:
    @app.command(help=say("query.explain_help"), epilog=say("query.explain_examples"))
    def explain(
        target: Annotated[str, typer.Argument(help=say("query.explain_target_help"))],
        column: Annotated[str | None, typer.Argument(help=say("query.explain_column_help"))] = None,
        region: Annotated[
            str | None, typer.Option("--region", help=say("query.region_help"))
        ] = None,
        period: Annotated[
            str | None, typer.Option("--period", help=say("query.period_help"))
        ] = None,
        sector: Annotated[
            str | None, typer.Option("--sector", help=say("query.sector_help"))
        ] = None,
        key: Annotated[
            list[str] | None,
            typer.Option("--key", metavar="name=value", help=say("query.key_help")),
        ] = None,
        file: Annotated[Path | None, typer.Option("--file", help=say("query.file_help"))] = None,
        form: Annotated[
            TreeFormat, typer.Option("--format", help=say("query.format_help"))
        ] = TreeFormat.TEXT,
    ) -> None:
        keys = {"region_code": region, "period": period, "sector": sector}
        given = {name: value for name, value in keys.items() if value is not None}
        _explain(target, column, given | _pairs(key or []), file, form)


def _register_search(app: typer.Typer) -> None:
    @app.command(help=say("query.search_help"), epilog=say("query.search_examples"))
    def search(
        words: Annotated[list[str], typer.Argument(help=say("query.search_words_help"))],
        most: Annotated[int, typer.Option("--rows", min=1, help=say("query.rows_help"))] = 20,
        file: Annotated[Path | None, typer.Option("--file", help=say("query.file_help"))] = None,
        form: Annotated[
            TreeFormat, typer.Option("--format", help=say("query.format_help"))
        ] = TreeFormat.TEXT,
    ) -> None:
        _search(" ".join(words), most, file, form)


def _register_query(app: typer.Typer) -> None:
    @app.command(help=say("query.query_help"), epilog=say("query.query_examples"))
    def query(
        sql: Annotated[str, typer.Argument(help=say("query.sql_help"))],
        form: Annotated[
            TableFormat, typer.Option("--format", help=say("query.format_help"))
        ] = TableFormat.TABLE,
        rows: Annotated[int, typer.Option("--rows", min=1, help=say("query.rows_help"))] = 1000,
        seconds: Annotated[
            float, typer.Option("--seconds", min=0.1, help=say("query.seconds_help"))
        ] = 30.0,
        file: Annotated[Path | None, typer.Option("--file", help=say("query.file_help"))] = None,
    ) -> None:
        _query(sys.stdin.read() if sql == "-" else sql, form, rows, seconds, file)


def _register_shell(app: typer.Typer) -> None:
    @app.command(help=say("query.shell_help"), epilog=say("query.shell_examples"))
    def shell(
        file: Annotated[Path | None, typer.Option("--file", help=say("query.file_help"))] = None,
        harlequin: Annotated[
            bool, typer.Option("--harlequin", help=say("query.harlequin_help"))
        ] = False,
        command: Annotated[
            str | None, typer.Option("--command", "-c", help=say("query.command_help"))
        ] = None,
    ) -> None:
        _shell(file or paths.published_file(), harlequin, command)


def _register_mcp(app: typer.Typer) -> None:
    @app.command(help=say("query.mcp_help"), epilog=say("query.mcp_examples"))
    def mcp(
        file: Annotated[Path | None, typer.Option("--file", help=say("query.file_help"))] = None,
        rows: Annotated[int, typer.Option("--rows", min=1, help=say("query.rows_help"))] = 200,
        seconds: Annotated[
            float, typer.Option("--seconds", min=0.1, help=say("query.seconds_help"))
        ] = 10.0,
    ) -> None:
        _mcp(file or paths.published_file(), rows, seconds)


def _width() -> int | None:
    """The terminal's own width; where there is no terminal, room for every line."""
    return None if sys.stdout.isatty() else WIDE


def _pairs(keys: list[str]) -> dict[str, str]:
    pairs = {}
    for key in keys:
        name, equals, value = key.partition("=")
        if not equals or not name:
            raise QueryFault(say("query.not_a_pair", key=key))
        pairs[name.strip()] = value.strip()
    return pairs


def _explain(
    target: str, column: str | None, keys: dict[str, str], file: Path | None, form: TreeFormat
) -> None:
    from rich.console import Console

    from query.connection import open_warehouse
    from query.explain import Explainer
    from query.explanation import as_data
    from query.tree import tree_of

    with open_warehouse(file) as warehouse:
        explanation = Explainer(warehouse).explain(target, column, keys)
    if form is TreeFormat.JSON:
        typer.echo(json.dumps(as_data(explanation), ensure_ascii=False, indent=2))
    else:
        Console(highlight=False, width=_width()).print(tree_of(explanation))


def _search(words: str, most: int, file: Path | None, form: TreeFormat) -> None:
    from rich.console import Console

    from query.connection import open_warehouse
    from query.explanation import as_data
    from query.search import search, suggestions
    from query.tree import table_of_hits

    if not words.strip():
        raise QueryFault(say("query.no_words"))
    with open_warehouse(file) as warehouse:
        hits = search(warehouse, words)
        near = [] if hits else suggestions(warehouse, words)
    if form is TreeFormat.JSON:
        typer.echo(json.dumps([as_data(hit) for hit in hits[:most]], ensure_ascii=False, indent=2))
        return
    if not hits:
        names = say("query.comma").join(near)
        hint = say("query.did_you_mean", names=names) if near else ""
        typer.echo(say("query.nothing_found", words=words, hint=hint))
        return
    Console(highlight=False, width=_width()).print(table_of_hits(hits[:most]))
    if len(hits) > most:
        typer.echo(say("query.more_hits", count=len(hits) - most, rows=len(hits)))


def _query(sql: str, form: TableFormat, rows: int, seconds: float, file: Path | None) -> None:
    from rich.console import Console

    from query.connection import Limits, open_warehouse
    from query.tables import as_csv, as_json, as_table

    limits = Limits(rows=rows, seconds=seconds)
    with open_warehouse(file, limits) as warehouse:
        result = warehouse.ask(sql)
    if form is TableFormat.CSV:
        typer.echo(as_csv(result), nl=False)
    elif form is TableFormat.JSON:
        typer.echo(as_json(result), nl=False)
    else:
        Console(highlight=False, width=_width()).print(as_table(result))
    if result.is_cut:
        typer.echo(say("query.cut", rows=rows), err=True)


def _shell(file: Path, harlequin: bool, command: str | None) -> None:
    from query.connection import open_warehouse
    from query.shell import run_duckdb, run_harlequin

    with open_warehouse(file):
        pass
    if harlequin:
        raise typer.Exit(run_harlequin(file))
    if command is not None:
        raise typer.Exit(run_duckdb(file, ["-c", command]))
    typer.echo(say("query.greeting", file=file.name))
    sys.stdout.flush()
    raise typer.Exit(run_duckdb(file))


def _mcp(file: Path, rows: int, seconds: float) -> None:
    from query.connection import Limits

    try:
        from query.assistants import serve
    except ModuleNotFoundError as missing:
        if missing.name != "mcp":
            raise
        raise QueryFault(say("query.no_mcp")) from None
    serve(file.absolute(), Limits(rows=rows, seconds=seconds))
