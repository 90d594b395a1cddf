"""The commands `xuewei spark ...`."""

from pathlib import Path
from typing import Annotated

import typer

from project.errors import RefusedByCheck
from project.language import say


def register(app: typer.Typer) -> None:
    """Mount the room's commands."""
    group = typer.Typer(no_args_is_help=True)
    app.add_typer(group, name="spark", help=say("spark.help"))

    @group.command(help=say("spark.build_help"))
    def build() -> None:
        from spark.build import build
        from spark.places import places

        at = places()
        seconds = build(at)
        typer.echo(say("spark.built", seconds=f"{seconds:.0f}", folder=at.tables))

    @group.command(help=say("spark.compare_help"))
    def compare(
        file: Annotated[Path | None, typer.Option(help=say("spark.file_help"))] = None,
    ) -> None:
        _compare(file)

    @group.command(help=say("spark.publish_help"))
    def publish(
        file: Annotated[Path, typer.Argument(help=say("spark.publish_file_help"))],
        tables: Annotated[Path | None, typer.Option(help=say("spark.tables_help"))] = None,
    ) -> None:
        from spark.places import places
        from spark.publish import publish

        rows = publish(places(tables), file)
        typer.echo(say("spark.published", file=file, rows=f"{rows:,}"))

    @group.command(help=say("spark.java_help"))
    def java() -> None:
        from spark.java import java_home
        from spark.places import places

        typer.echo(java_home(places().java))


def _compare(file: Path | None) -> None:
    from spark.compare import compare
    from spark.places import places
    from spark.tables import build_on_duckdb

    at = places()
    if file is None:
        file = at.duckdb / "xuewei.duckdb"
        build_on_duckdb(at, file, empty=False)
    compared = compare(at, file)
    different = [found for found in compared if not found.is_equal]
    for found in different:
        typer.echo(
            say(
                "spark.differs",
                table=found.table.full_name,
                only_duckdb=found.only_on_duckdb,
                only_spark=found.only_on_spark,
            )
        )
        for line in (*found.types, *found.examples):
            typer.echo(f"    {line}")
    if different:
        raise RefusedByCheck(say("spark.different", count=len(different)))
    rows = sum(found.rows for found in compared)
    typer.echo(say("spark.equal", tables=len(compared), rows=f"{rows:,}"))
