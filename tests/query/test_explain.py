"""What `xuewei explain` promises: the truth about these documents, down to the printed words."""

import json
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from project.language import set_language
from query.connection import Warehouse, open_warehouse
from query.explain import Explainer
from query.explanation import Amount, Observation, as_data
from query.faults import QueryFault
from query.numbers import amount_text, number_text
from query.tree import tree_of

ZHUZHOU_2022 = {"region_code": "430200", "period": "2022"}


@pytest.fixture(scope="module")
def opened(warehouse: Path) -> Iterator[Warehouse]:
    with open_warehouse(warehouse) as connection:
        yield connection


@pytest.fixture(scope="module")
def explainer(opened: Warehouse) -> Explainer:
    return Explainer(opened)


def only_origin(explainer: Explainer, *question: object) -> Observation:
    (number,) = explainer.explain(*question).numbers  # type: ignore[arg-type]
    (source,) = number.sources
    assert isinstance(source.origin, Observation)
    return source.origin


def printed(explainer: Explainer, *question: object) -> str:
    out = StringIO()
    Console(file=out, width=1000).print(tree_of(explainer.explain(*question)))  # type: ignore[arg-type]
    return out.getvalue()


def test_the_derived_surplus_is_places_minus_enrolment_as_printed(explainer: Explainer) -> None:
    surplus = only_origin(explainer, "kindergarten_places", "surplus_derived", ZHUZHOU_2022)
    assert surplus.amount == Amount(Decimal(46907), Decimal(46907), Decimal(46907), "个")
    assert surplus.formula is not None
    assert (surplus.formula.words.zh, surplus.formula.words.en) == (
        "富余园位 = 园位总数 − 在园幼儿",
        "surplus places = places − enrolment",
    )
    inputs = [
        (part.coefficient, part.observation.figure.printed)
        for part in surplus.inputs
        if part.observation.figure is not None
    ]
    assert inputs == [(Decimal(1), "175716 个"), (Decimal(-1), "128809人")]


def test_a_derived_input_has_a_tree_of_its_own(explainer: Explainer) -> None:
    vacant = only_origin(explainer, "teacher_posts", "pool_left", {"region_code": "430200"})
    derived = [part.observation for part in vacant.inputs if part.observation.formula is not None]
    assert derived
    assert all(part.observation.figure for value in derived for part in value.inputs)


def test_a_printed_number_names_its_document_its_characters_and_its_words(
    explainer: Explainer,
) -> None:
    places = only_origin(explainer, "kindergarten_places", "places", ZHUZHOU_2022)
    figure = places.figure
    assert figure is not None
    assert figure.printed == "175716 个"
    assert figure.char_start is not None
    assert figure.char_end == figure.char_start + len(figure.printed)
    assert figure.document.document_number == "株教提字〔2023〕27号"
    assert figure.period_basis == "assumed"


def test_a_figure_whose_print_was_mended_says_so(explainer: Explainer) -> None:
    (norm,) = [
        mart.key["figure_id"]
        for mart in explainer.rows(explainer.dictionary["figures"])
        if mart.words["printed"] == "8090人/千人"
    ]
    words = printed(explainer, norm)
    assert "correction: printed “8090人/千人”, meant “80-90人/千人”" in words
    assert "[80, 90] 人/千人" in words


def test_a_finding_shows_both_its_sides(explainer: Explainer) -> None:
    finding = explainer.explain("kindergarten_surplus:430200:total:2022")
    values = {
        cell.column: cell.value
        for number in finding.numbers
        for cell in number.cells
        if number.sources
    }
    assert finding.words["verdict"] == "contradiction"
    assert (values["stated"], values["derived"], values["gap"]) == (46927, 46907, 20)


def test_a_count_goes_down_to_what_it_counts(explainer: Explainer) -> None:
    words = printed(
        explainer, "number_accounting", "non_figures", {"document_id": "zhuzhou-2023-27"}
    )
    assert "counted in this document: non_figures" in words
    assert "list_index" in words


def test_an_empty_cell_says_that_it_is_empty(explainer: Explainer) -> None:
    keys = {**ZHUZHOU_2022, "sector": "public"}
    assert "the cell is empty" in printed(explainer, "kindergarten_places", "places", keys)


def test_a_region_may_be_named_in_either_language(explainer: Explainer) -> None:
    keys = [
        explainer.explain("births", "births", {"region_code": region, "period": "2022"}).key
        for region in ("430200", "株洲市", "株洲", "Zhuzhou")
    ]
    assert keys == [{"region_code": "430200", "year": 2022}] * 4


def test_the_total_sector_is_meant_where_none_is_named(explainer: Explainer) -> None:
    row = explainer.explain("kindergarten_places", None, ZHUZHOU_2022)
    assert row.key["sector"] == "total"


def test_both_languages_say_the_formula_the_chosen_one_first(explainer: Explainer) -> None:
    question = ("kindergarten_places", "surplus_derived", ZHUZHOU_2022)
    english = printed(explainer, *question)
    set_language("zh")
    chinese = printed(explainer, *question)
    assert english.index("places − enrolment") < english.index("园位总数 − 在园幼儿")
    assert chinese.index("园位总数 − 在园幼儿") < chinese.index("places − enrolment")
    assert "株洲市" in chinese
    assert "推定" in chinese


def test_the_data_of_an_explanation_are_plain_json(explainer: Explainer) -> None:
    data = as_data(explainer.explain("kindergarten_places", "surplus_derived", ZHUZHOU_2022))
    assert json.loads(json.dumps(data)) == data
    assert isinstance(data, dict)
    (number,) = data["numbers"]
    assert number["cells"][0]["value"] == 46907
    first = number["sources"][0]["origin"]["inputs"][0]["observation"]
    assert first["figure"]["figure_id"] == "zhuzhou-2023-27-012"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (("kindergarten_place",), "did you mean kindergarten_places"),
        (("zhuzhou-2023-27-99",), "did you mean zhuzhou-2023-27-0"),
        (("kindergarten_places", "surplus", ZHUZHOU_2022), "did you mean surplus_"),
        (("kindergarten_places", "sector", ZHUZHOU_2022), "holds no numbers"),
        (("births", "births", {"region_code": "Zhuzou"}), "did you mean Zhuzhou"),
        (("births", "births", {"region": "430200"}), "did you mean region_code"),
        (("births", "births", {"region_code": "430200"}), "say which year: 2020, 2021, 2022"),
        (("births", "births", {"region_code": "430200", "year": "1999"}), "there is 2020, 2021"),
    ],
)
def test_an_error_names_what_is_wrong_and_what_there_is(
    question: tuple[object, ...], sentence: str, explainer: Explainer
) -> None:
    with pytest.raises(QueryFault, match=sentence):
        explainer.explain(*question)  # type: ignore[arg-type]


def test_a_value_from_the_command_line_never_becomes_sql(explainer: Explainer) -> None:
    with pytest.raises(QueryFault):
        explainer.explain("births", "births", {"year": "2020' or '1' = '1"})
    with pytest.raises(QueryFault):
        explainer.explain("births", "births", {'year" = 2020 or "year': "2020"})
    with pytest.raises(QueryFault):
        explainer.explain("x' or '1' = '1")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount(Decimal("128809.000000"), Decimal(128809), Decimal(128809), "人"), "128,809 人"),
        (
            Amount(Decimal("51.91"), Decimal("51.905"), Decimal("51.915"), "%"),
            "51.91 % [51.905, 51.915]",
        ),
        (Amount(None, Decimal(80), Decimal(90), "%"), "[80, 90] %"),
        (Amount(Decimal(125), Decimal(125), None, "所"), "≥ 125 所"),
        (Amount(Decimal(4), None, Decimal(4), "元"), "≤ 4 元"),
        (Amount(None, None, None, "人"), "— 人"),
    ],
)
def test_an_amount_shows_its_interval_where_it_has_one(amount: Amount, text: str) -> None:
    assert amount_text(amount) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1000.0"), "1,000"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("0.50"), "0.5"),
        (-1000, "-1,000"),
        (None, "—"),
    ],
)
def test_a_number_has_no_idle_zeros(value: object, text: str) -> None:
    assert number_text(value) == text
