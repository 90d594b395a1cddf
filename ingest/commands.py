"""Commands of this room: `xuewei check` and `xuewei verify`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from project import paths
from project.errors import InputFault
from project.language import say

if TYPE_CHECKING:
    from ingest.seeds import Fault
    from ingest.verify import Proof

FAULTS_SHOWN: Final = 50


def register(app: typer.Typer) -> None:
    """Mount the commands, with help in the language chosen by now."""
    from ingest import flow_commands
    from ingest.store import commands as store_commands

    flow_commands.register(app)
    store_commands.register(app)

    @app.command(help=say("ingest.check_help"), epilog=say("ingest.check_examples"))
    def check(
        seeds: Annotated[
            Path | None, typer.Option("--seeds", help=say("ingest.check_seeds_help"))
        ] = None,
    ) -> None:
        _check(seeds or paths.seeds_folder())

    @app.command(help=say("ingest.verify_help"), epilog=say("ingest.verify_examples"))
    def verify(
        documents: Annotated[
            list[str] | None, typer.Argument(help=say("ingest.verify_documents_help"))
        ] = None,
        fix: Annotated[bool, typer.Option("--fix", help=say("ingest_flow.fix_help"))] = False,
    ) -> None:
        if fix:
            flow_commands.reanchor_all(documents or [])
        _verify(documents or [])


def _check(folder: Path) -> None:
    from ingest.seeds import RULES
    from ingest.store.all_rows import check_all

    faults = check_all(folder)
    print_faults(faults)
    if faults:
        raise InputFault(say("ingest.check_faults", count=len(faults)))
    typer.echo(say("ingest.check_clean", rules=len(RULES)))


def _verify(document_ids: list[str]) -> None:
    from ingest.verify import verify

    proofs, absent = verify(paths.seeds_folder(), paths.documents_folder(), document_ids)
    _print_proofs(proofs)
    if absent:
        typer.echo(say("ingest.verify_absent", documents=", ".join(absent)))
    faults = [fault for proof in proofs for fault in proof.faults]
    print_faults(faults)
    if faults:
        raise InputFault(say("ingest.verify_faults", count=len(faults)))


def _print_proofs(proofs: Sequence["Proof"]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column(say("ingest.verify_column_document"), no_wrap=True)
    for column in ("rows", "numbers", "unaccounted", "faults"):
        table.add_column(say(f"ingest.verify_column_{column}"), justify="right")
    for proof in proofs:
        counts = (proof.rows, proof.numbers, proof.unaccounted, len(proof.faults))
        table.add_row(proof.document_id, *map(str, counts))
    Console(markup=False, highlight=False).print(table)


def print_faults(faults: Sequence["Fault"]) -> None:
    """Show the first faults, a line each, and how many more there are."""
    for fault in faults[:FAULTS_SHOWN]:
        typer.echo(fault.text())
    if len(faults) > FAULTS_SHOWN:
        typer.echo(say("ingest.check_more", more=len(faults) - FAULTS_SHOWN))
