"""great-expectations at work: suites made from the rules, run once over one file.

The context is ephemeral: nothing is written, nothing is sent. SQL reaches DuckDB by
duckdb-sqlalchemy with the settings that 1.24 needs to tell a result from a statement.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from expectations import contact_data
from expectations.marts import Mart, read_marts
from expectations.row_counts import counting_sql, cuts
from expectations.rules import FRAME_RULE, QUERIES, Rule, exemptions, rules
from expectations.verdict import ROWS_SHOWN, FailingRow, Result, Verdict

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context.data_context.abstract_data_context import (
        AbstractDataContext,
    )

# A query that breaks nothing: the last part of every union.
NOTHING: Final = "select '' as mart, '' as row_key, '' as found where false"

CONNECTION: Final[Mapping[str, Any]] = {
    "connect_args": {"read_only": True},
    "isolation_level": "AUTOCOMMIT",
    "skip_autocommit_rollback": True,
    "pool_reset_on_return": None,
}


def judge(
    path: Path, only: frozenset[str] = frozenset(), changed: frozenset[str] | None = None
) -> Verdict:
    """Judge the warehouse at `path` by every rule, or by those that `only` names."""
    chosen = [rule for rule in rules() if not only or rule.name in only]
    from expectations.engine import new_context

    queries, texts = _prepare(path, chosen, changed)
    context = new_context()
    outcomes: dict[str, Mapping[str, Any]] = {}
    if queries:
        source = _sql_source(context, path)
        asset = source.add_query_asset("marts", query="select 1 as one")
        batch = asset.add_batch_definition_whole_table("all")
        outcomes |= _run(context, "rules", batch, _sql_expectations(chosen, queries))
        # The pool would keep the file open, and the refresh is about to rename it.
        source.get_execution_engine().close()
        source.get_engine().dispose()
    if texts is not None:
        batch = _frame_batch(context)
        outcomes |= _run(context, "texts", batch, _frame_expectations(chosen), texts)
    return Verdict(tuple(_result(rule, outcomes[rule.name], texts) for rule in chosen))


def _prepare(
    path: Path, chosen: list[Rule], changed: frozenset[str] | None
) -> tuple[dict[str, str], "pd.DataFrame | None"]:
    """The SQL of every rule, and the texts where a rule wants them.

    The connection is closed before great-expectations opens its own.
    """
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        marts = read_marts(connection)
        queries = queries_of(chosen, marts, cuts(connection))
        wants_texts = any(rule.name == FRAME_RULE for rule in chosen)
        texts = None
        if wants_texts:
            texts = contact_data.frame_of_texts(connection, marts, changed)
    return queries, texts


def queries_of(
    chosen: list[Rule], marts: tuple[Mart, ...], cuts: tuple[tuple[str, str], ...]
) -> dict[str, str]:
    """The SQL of every rule that has some, written for the marts that the file holds."""
    import jinja2

    # Nothing here is HTML; names of marts and columns come from our own models.
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(QUERIES),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701
    )
    free = exemptions()
    exempt = [m.name for m in marts if free.free("marts_stay_within_reviewed_rows", m.name, "")]
    by_name = {mart.name: mart for mart in marts}

    def row_key(name: str, relation: str = "") -> str:
        # Where the mart is missing the query itself says so.
        return by_name[name].key_of_row(relation) if name in by_name else "''"

    common = {
        "marts": marts,
        "row_key": row_key,
        "nothing": NOTHING,
        "row_counts": counting_sql(marts, cuts),
        "exempt_marts": ", ".join(f"'{name}'" for name in ["", *exempt]),
    }
    return {
        rule.name: templates.get_template(rule.query.name).render(rule=rule.name, **common)
        for rule in chosen
        if rule.query
    }


def _sql_source(context: "AbstractDataContext", path: Path) -> Any:
    # The type stubs do not know the settings of the connection.
    sources: Any = context.data_sources
    return sources.add_sql(
        "warehouse",
        connection_string=f"duckdb:///{path.resolve().as_posix()}",
        kwargs=dict(CONNECTION),
    )


def _frame_batch(context: "AbstractDataContext") -> "BatchDefinition[Any]":
    asset = context.data_sources.add_pandas("texts").add_dataframe_asset("texts")
    return asset.add_batch_definition_whole_dataframe("all")


def _sql_expectations(chosen: list[Rule], queries: Mapping[str, str]) -> Iterator[Any]:
    from great_expectations.expectations.core.unexpected_rows_expectation import (
        UnexpectedRowsExpectation,
    )
    from great_expectations.expectations.metadata_types import FailureSeverity

    for rule in chosen:
        if rule.name in queries:
            # Braces are placeholders to great-expectations, which also wants one named batch.
            query = queries[rule.name].replace("{", "{{").replace("}", "}}")
            yield UnexpectedRowsExpectation(
                unexpected_rows_query=f"{query} /* {{batch}} */",
                severity=FailureSeverity(rule.severity),
                meta={"rule": rule.name},
            )


def _frame_expectations(chosen: list[Rule]) -> Iterator[Any]:
    from great_expectations.expectations.core.expect_column_values_to_not_match_regex_list import (
        ExpectColumnValuesToNotMatchRegexList,
    )
    from great_expectations.expectations.metadata_types import FailureSeverity

    for rule in chosen:
        if rule.name == FRAME_RULE:
            yield ExpectColumnValuesToNotMatchRegexList(
                column="text",
                regex_list=list(contact_data.patterns()),
                severity=FailureSeverity(rule.severity),
                meta={"rule": rule.name},
            )


def _run(
    context: "AbstractDataContext",
    name: str,
    batch: "BatchDefinition[Any]",
    expectations: Iterator[Any],
    frame: "pd.DataFrame | None" = None,
) -> dict[str, Mapping[str, Any]]:
    """Run one suite over one batch; rule -> what great-expectations says of it."""
    from expectations.engine import gx

    suite = context.suites.add(gx.ExpectationSuite(name, expectations=list(expectations)))
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name=name, data=batch, suite=suite)
    )
    parameters = None if frame is None else {"dataframe": frame}
    outcome = definition.run(result_format="COMPLETE", batch_parameters=parameters)
    return {
        str(result.expectation_config.meta["rule"]): result.to_json_dict()
        for result in outcome.results
        if result.expectation_config and result.expectation_config.meta
    }


def _result(rule: Rule, outcome: Mapping[str, Any], texts: "pd.DataFrame | None") -> Result:
    details = outcome.get("result") or {}
    error = "" if outcome["success"] else _error(outcome.get("exception_info") or {})
    if rule.name == FRAME_RULE and texts is not None:
        places = details.get("unexpected_index_list") or []
        rows = [texts.iloc[int(place)] for place in places]
        found = [
            FailingRow(str(r["mart"]), str(r["row_key"]), f"{r['found']} {_shown(r['text'])}")
            for r in rows
        ]
        unexpected = len(found)
    else:
        rows = (details.get("details") or {}).get("unexpected_rows") or []
        found = [FailingRow(*(str(row[c]) for c in ("mart", "row_key", "found"))) for row in rows]
        unexpected = int(details.get("observed_value") or 0)
    return Result(
        name=rule.name,
        suite=rule.suite,
        severity=rule.severity,
        success=bool(outcome["success"]),
        unexpected=unexpected,
        rows=tuple(found[:ROWS_SHOWN]),
        error=error,
    )


def _shown(text: str) -> str:
    return contact_data.masked(str(text))


def _error(information: Mapping[str, Any]) -> str:
    """The first line of what went wrong while judging; empty where nothing did."""
    if "raised_exception" in information:
        information = {"": information}
    for entry in information.values():
        if isinstance(entry, Mapping) and entry.get("raised_exception"):
            return " ".join(str(entry.get("exception_message")).split())[:300]
    return ""
