"""What the mart `lineage` and the explanations promise: from every number there is a way down."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from query.connection import Warehouse, open_warehouse
from query.dictionary import Column, Mart, read_dictionary
from query.explain import Explainer, row_key
from query.explanation import Explanation, Number, Observation, Place

ABOUT_THE_WAREHOUSE = {"lineage", "data_dictionary"}


@pytest.fixture(scope="module")
def opened(warehouse: Path) -> Iterator[Warehouse]:
    with open_warehouse(warehouse) as connection:
        yield connection


@pytest.fixture(scope="module")
def dictionary(opened: Warehouse) -> dict[str, Mart]:
    return read_dictionary(opened)


@pytest.fixture(scope="module")
def explanations(opened: Warehouse, dictionary: dict[str, Mart]) -> dict[str, list[Explanation]]:
    """Every row of every mart that speaks of documents, explained."""
    explainer = Explainer(opened)
    return {
        name: list(explainer.rows(mart))
        for name, mart in dictionary.items()
        if mart.numbers and name not in ABOUT_THE_WAREHOUSE
    }


def figures_under(origin: Observation | Place) -> Iterator[str]:
    if isinstance(origin, Place):
        return
    if origin.figure is not None:
        yield origin.figure.figure_id
    for part in origin.inputs:
        yield from figures_under(part.observation)


def test_every_numeric_column_of_every_mart_has_a_way_down(
    explanations: dict[str, list[Explanation]],
) -> None:
    without = [
        f"{mart}.{cell.column} {dict(explanation.key)}"
        for mart, rows in explanations.items()
        for explanation in rows
        for number in explanation.numbers
        for cell in number.cells
        if not number.sources and not (cell.counts and cell.value == 0)
    ]
    assert without == []


def test_no_filled_number_is_left_out_of_its_rows_explanation(
    opened: Warehouse, dictionary: dict[str, Mart], explanations: dict[str, list[Explanation]]
) -> None:
    for mart, rows in explanations.items():
        explained = sum(len(number.cells) for row in rows for number in row.numbers)
        counted = " + ".join(f'count("{name}")' for name in dictionary[mart].numbers)
        assert opened.rows(f'select {counted} from "{mart}"') == [(explained,)], mart  # noqa: S608 - names of marts


def test_only_marts_about_the_warehouse_have_numbers_about_it(dictionary: dict[str, Mart]) -> None:
    about = {
        mart.name
        for mart in dictionary.values()
        if any(column.is_about_warehouse for column in mart.columns.values())
    }
    assert about <= ABOUT_THE_WAREHOUSE


def test_the_tree_ends_in_the_very_figures_of_the_lineage(
    opened: Warehouse, dictionary: dict[str, Mart], explanations: dict[str, list[Explanation]]
) -> None:
    lineage: dict[tuple[str, str, str], set[str]] = {}
    for mart, key, column, figure in opened.rows(
        "select mart, row_key, column_name, input_figure_id from lineage"
        " where input_figure_id is not null"
    ):
        lineage.setdefault((mart, key, column), set()).add(figure)
    walked = {
        (mart, row_key(dictionary[mart], explanation.key), cell.column): set(leaves)
        for mart, rows in explanations.items()
        for explanation in rows
        for number in explanation.numbers
        for cell in number.cells
        if (leaves := [leaf for source in number.sources for leaf in figures_under(source.origin)])
    }
    assert walked == lineage


def test_every_leaf_is_a_figure_of_a_document(
    explanations: dict[str, list[Explanation]],
) -> None:
    def leaves(origin: Observation | Place) -> Iterator[Observation | Place]:
        if isinstance(origin, Place) or not origin.inputs:
            yield origin
        else:
            for part in origin.inputs:
                yield from leaves(part.observation)

    for rows in explanations.values():
        for explanation in rows:
            for number in explanation.numbers:
                for source in number.sources:
                    for leaf in leaves(source.origin):
                        assert isinstance(leaf, Place) or leaf.figure is not None, explanation.key


def test_a_column_that_shows_an_indicator_shows_the_value_that_explains_it(
    dictionary: dict[str, Mart], explanations: dict[str, list[Explanation]]
) -> None:
    for mart, rows in explanations.items():
        for explanation in rows:
            for number in explanation.numbers:
                for column, expected in expected_values(dictionary[mart], number):
                    shown = {cell.column: cell.value for cell in number.cells}[column.name]
                    assert shown == expected, (mart, explanation.key, column.name)


def expected_values(mart: Mart, number: Number) -> Iterator[tuple[Column, Decimal]]:
    """What the columns of an indicator should show, rounded as the mart rounds."""
    for cell in number.cells:
        column = mart.columns[cell.column]
        origin = number.sources[0].origin if len(number.sources) == 1 else None
        if (
            column.indicator is None
            or column.measure is None
            or not isinstance(origin, Observation)
        ):
            continue
        scale = int(column.data_type.rstrip(")").split(",")[1]) if "," in column.data_type else 0
        amount, rounding = origin.amount.value, ROUND_HALF_UP
        if column.measure.endswith("_low"):
            amount, rounding = origin.amount.low, ROUND_FLOOR
        elif column.measure.endswith("_high"):
            amount, rounding = origin.amount.high, ROUND_CEILING
        assert amount is not None
        yield column, Decimal(amount).quantize(Decimal(1).scaleb(-scale), rounding)


def test_the_dictionary_describes_every_column_of_every_mart_in_both_languages(
    opened: Warehouse, dictionary: dict[str, Mart]
) -> None:
    columns = opened.rows(
        "select table_name, column_name, comment from duckdb_columns() where schema_name = 'main'"
        " and database_name = current_database()"
        " and table_name in (select table_name from duckdb_tables() where schema_name = 'main')"
    )
    for table, column, comment in columns:
        described = dictionary[table].columns[column].description
        assert f"{described.en} ｜ {described.zh}" == comment, f"{table}.{column}"
    assert len(columns) == sum(len(mart.columns) for mart in dictionary.values())


def test_every_mart_has_a_key_that_tells_its_rows_apart(
    opened: Warehouse, dictionary: dict[str, Mart]
) -> None:
    for mart in dictionary.values():
        assert mart.key, mart.name
        key = ", ".join(f'"{name}"' for name in mart.key)
        counts = opened.rows(
            f'select count(*), count(distinct ({key})) from "{mart.name}"'  # noqa: S608 - names of marts
        )
        assert counts[0][0] == counts[0][1], mart.name
