"""Commands of the flow: `xuewei ingest`, `xuewei review` and `xuewei accept`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from project.errors import InputFault, UsageFault
from project.language import say

if TYPE_CHECKING:
    from ingest.flow import Outcome

_FORMATS: Final = ("table", "json", "csv")
_LONG_WORK: Final = 1_000_000
_HEADS: Final = ("document", "state", "numbers", "figures", "sure", "review", "non_figures")


def register(app: typer.Typer) -> None:
    """Mount the commands, with help in the language chosen by now."""

    @app.command(help=say("ingest_flow.ingest_help"), epilog=say("ingest_flow.ingest_examples"))
    def ingest(
        files: Annotated[list[Path], typer.Argument(help=say("ingest_flow.files_help"))],
        shape: Annotated[
            str,
            typer.Option("--format", metavar="table|json|csv", help=say("ingest_flow.format_help")),
        ] = "table",
        write: Annotated[
            bool | None, typer.Option("--write/--no-write", help=say("ingest_flow.write_help"))
        ] = None,
        jobs: Annotated[int, typer.Option("--jobs", min=0, help=say("ingest_flow.jobs_help"))] = 0,
    ) -> None:
        _ingest(files, shape, write, jobs)

    @app.command(help=say("ingest_flow.review_help"), epilog=say("ingest_flow.review_examples"))
    def review(
        document: Annotated[
            str | None, typer.Argument(help=say("ingest_flow.document_help"))
        ] = None,
    ) -> None:
        _review(document)

    @app.command(help=say("ingest_flow.accept_help"), epilog=say("ingest_flow.accept_examples"))
    def accept(
        document: Annotated[
            str | None, typer.Argument(help=say("ingest_flow.document_help"))
        ] = None,
    ) -> None:
        _accept(document)


def _ingest(files: list[Path], shape: str, write: bool | None, jobs: int) -> None:
    if shape not in _FORMATS:
        raise UsageFault(say("ingest_flow.unknown_format", format=shape))
    from ingest.flow import ingest

    keep = shape == "table" if write is None else write
    cores = jobs or min(len(files), os.cpu_count() or 1)
    with _progress(files) as advance:
        outcome = ingest(files, write=keep, jobs=cores, progress=advance)
    _print(outcome, shape)
    for document in outcome.documents:
        for remark in document.remarks:
            typer.echo(remark, err=True)
    for error in outcome.errors:
        typer.echo(error.message, err=True)
    if outcome.errors:
        raise InputFault(say("ingest_flow.files_failed", count=len(outcome.errors)))


def _print(outcome: "Outcome", shape: str) -> None:
    from ingest import flow_formats

    if shape == "json":
        flow_formats.write_json(outcome, sys.stdout)
    elif shape == "csv":
        flow_formats.write_csv(outcome, sys.stdout)
    elif outcome.documents:
        _print_table(flow_formats.table_rows(outcome))
        for line in flow_formats.differences(outcome):
            typer.echo(line)


def _print_table(rows: list[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for head in _HEADS:
        justify = "right" if head in _HEADS[2:6] else "left"
        table.add_column(say(f"ingest_flow.head_{head}"), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table)


@contextmanager
def _progress(files: list[Path]) -> Iterator[Callable[[Path], None]]:
    """A bar on a terminal while the files are read; its step is called with each that is done."""
    is_short = len(files) < 2 and sum(map(_size, files)) < _LONG_WORK
    if is_short or not sys.stderr.isatty():
        yield lambda path: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("ingest_flow.reading"), total=len(files))
        yield lambda path: bar.advance(task)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _review(document: str | None) -> None:
    from ingest.proposals import load, waiting
    from ingest.review import review

    documents = [document] if document else [one for one in waiting() if load(one).open_rows]
    if not documents:
        typer.echo(say("ingest_flow.nothing_to_review"))
    for one in documents:
        settled, left = review(one, _ask, typer.echo)
        typer.echo(say("ingest_flow.reviewed", document=one, settled=settled, left=left))
        if left:
            break


def _ask(prompt: str) -> str:
    try:
        return input(f"{prompt} ")
    except EOFError:
        return "q"


def _accept(document: str | None) -> None:
    from ingest.accept import accept
    from ingest.proposals import load, waiting
    from project import paths

    ready = [document] if document else [one for one in waiting() if not load(one).open_rows]
    if not ready:
        typer.echo(say("ingest_flow.nothing_to_accept", waiting=len(waiting())))
    for one in ready:
        done = accept(one, paths.seeds_folder())
        typer.echo(
            say(
                "ingest_flow.accepted",
                document=one,
                figures=done.figures,
                non_figures=done.non_figures,
                aliases=done.aliases,
            )
        )


def reanchor_all(document_ids: list[str]) -> None:
    """Move the rows whose words moved, and say so document by document."""
    from ingest.reanchor import reanchor
    from project import paths

    for outcome in reanchor(paths.seeds_folder(), paths.documents_folder(), document_ids):
        typer.echo(outcome.text())
