"""Commands of the figure store: `xuewei store add` and `xuewei store check`."""

from pathlib import Path
from typing import Annotated

import typer

from ingest.store.layout import VARIABLE, Store, configured_store
from project import paths
from project.errors import InputFault, UsageFault
from project.language import say


def register(app: typer.Typer) -> None:
    """Mount the commands, with help in the language chosen by now."""
    store = typer.Typer(no_args_is_help=True)
    app.add_typer(store, name="store", help=say("ingest_store.help"))

    @store.command(help=say("ingest_store.add_help"), epilog=say("ingest_store.add_examples"))
    def add(
        documents: Annotated[
            list[str] | None, typer.Argument(help=say("ingest_store.documents_help"))
        ] = None,
        beyond: Annotated[
            int | None, typer.Option("--beyond", min=0, help=say("ingest_store.beyond_help"))
        ] = None,
        folder: Annotated[
            Path | None, typer.Option("--store", help=say("ingest_store.folder_help"))
        ] = None,
    ) -> None:
        _add(documents or [], beyond, folder)

    @store.command(help=say("ingest_store.check_help"), epilog=say("ingest_store.check_examples"))
    def check(
        folder: Annotated[
            Path | None, typer.Option("--store", help=say("ingest_store.folder_help"))
        ] = None,
    ) -> None:
        _check(_store(folder))


def _add(documents: list[str], most: int | None, folder: Path | None) -> None:
    from ingest.store.move import MOST_IN_SEEDS, beyond, move

    if documents and most is not None:
        raise UsageFault(say("ingest_store.documents_or_beyond"))
    seeds = paths.seeds_folder()
    limit = MOST_IN_SEEDS if most is None else most
    chosen = documents or beyond(seeds, limit)
    if not chosen:
        typer.echo(say("ingest_store.nothing_to_move", most=limit))
        return
    store = _store(folder)
    moved = move(store, seeds, chosen)
    typer.echo(
        say("ingest_store.moved", documents=len(moved.documents), figures=moved.figures,
            folder=store.folder)
    )  # fmt: skip
    if configured_store() is None:
        typer.echo(say("ingest_store.set_variable", variable=VARIABLE, folder=store.folder))


def _check(store: Store) -> None:
    from ingest.commands import print_faults
    from ingest.store.check import check_store

    faults = check_store(store, paths.seeds_folder())
    print_faults(faults)
    if faults:
        raise InputFault(say("ingest_store.faults", count=len(faults)))
    typer.echo(say("ingest_store.clean", files=sum(1 for _ in store.all_files())))


def _store(folder: Path | None) -> Store:
    store = Store(folder) if folder else configured_store()
    if store is None:
        raise UsageFault(say("ingest_store.which_store", variable=VARIABLE))
    return store
