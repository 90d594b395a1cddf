"""Reads what stands behind a value: figures, and derived values with their inputs."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from query.connection import Warehouse
from query.dictionary import Described
from query.explanation import (
    Amount,
    Correction,
    Document,
    Figure,
    Formula,
    Input,
    Item,
    Observation,
    Restriction,
)

FIGURES: Final = """
    select
        figures.*,
        figures.value * units.multiplier as base_value,
        figures.value_low * units.multiplier as base_low,
        figures.value_high * units.multiplier as base_high,
        units.base_unit_code,
        indicators.name_zh,
        indicators.name_en,
        regions.name_zh as region_name_zh,
        regions.name_en as region_name_en
    from staging.stg_figures as figures
    inner join staging.stg_units as units using (unit_code)
    inner join staging.stg_indicators as indicators using (indicator)
    inner join observations.latest_regions as regions using (region_code)
    where figures.figure_id in (select unnest($figure_ids))
"""

DERIVED: Final = """
    select
        derived.*,
        indicators.name_zh,
        indicators.name_en,
        regions.name_zh as region_name_zh,
        regions.name_en as region_name_en
    from observations.derived_observations as derived
    inner join staging.stg_indicators as indicators using (indicator)
    inner join observations.latest_regions as regions using (region_code)
    where
        derived.formula_id = $formula_id
        and derived.region_code = $region_code
        and derived.sector = $sector
        and derived.period = $period
"""

INPUTS: Final = """
    select *
    from observations.observation_inputs
    where
        formula_id = $formula_id
        and region_code = $region_code
        and sector = $sector
        and period = $period
    order by term_number, input_region_code
"""

DIMENSIONS: Final = ("sex", "urbanisation", "pupil_group", "staff_group")

CORRECTIONS: Final = """
    select
        figures.figure_id,
        corrections.printed,
        corrections.meant,
        corrections.reason
    from staging.stg_figures as figures
    inner join staging.stg_corrections as corrections
        on
            figures.document_id = corrections.document_id
            and figures.char_start < corrections.char_start + length(corrections.printed)
            and figures.char_end > corrections.char_start
    where figures.figure_id in (select unnest($figure_ids))
    order by corrections.char_start
"""

# What a count of a document counts, by the word that the mart's YAML says.
ITEMS: Final[Mapping[str, str]] = {
    "figures": """
        select figure_id as label, printed, char_start, char_end
        from figures where document_id = $document_id order by char_start, figure_id
    """,
    "non_figures": """
        select reason as label, printed, char_start, char_end
        from staging.stg_non_figures where document_id = $document_id order by char_start
    """,
    "numbers": """
        select figure_id as label, printed, char_start, char_end
        from figures where document_id = $document_id
        union all
        select reason as label, printed, char_start, char_end
        from staging.stg_non_figures where document_id = $document_id
        order by char_start, label
    """,
    "related_documents": """
        select relation as label, related_title_zh as printed, null as char_start, null as char_end
        from staging.stg_document_relations
        where document_id = $document_id order by relation, related_title_zh
    """,
}


class DerivedKey(NamedTuple):
    """What identifies a derived value."""

    formula_id: str
    region_code: str
    sector: str
    period: str


class Sources:
    """Figures, derived values and documents of a file, each read once."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._figures: dict[str, Observation] = {}
        self._derived: dict[DerivedKey, Observation] = {}
        self._documents: dict[str, Document] = {}
        self._formulas: dict[str, Formula] = {}
        self._codes: dict[tuple[str, str], Described] = {}
        self._items: dict[tuple[str, str], tuple[Item, ...]] = {}

    def figures(self, figure_ids: Iterable[str]) -> dict[str, Observation]:
        """The observations that figures print, by figure_id; unknown ones are left out."""
        asked = list(dict.fromkeys(figure_ids))
        unread = [figure_id for figure_id in asked if figure_id not in self._figures]
        if unread:
            corrections: dict[str, list[Correction]] = {}
            for row in self._warehouse.rows(CORRECTIONS, {"figure_ids": unread}):
                figure_id, printed, meant, reason = map(str, row)
                corrections.setdefault(figure_id, []).append(Correction(printed, meant, reason))
            for figure in self._warehouse.records(FIGURES, {"figure_ids": unread}):
                name = figure["figure_id"]
                self._figures[name] = self._stated(figure, tuple(corrections.get(name, ())))
        return {name: self._figures[name] for name in asked if name in self._figures}

    def derived(self, key: DerivedKey) -> Observation:
        """What a formula derives at a place and time, with all that goes into it."""
        if key not in self._derived:
            self._derived[key] = self._derive(key)
        return self._derived[key]

    def document(self, document_id: str) -> Document:
        """A document by its code."""
        if not self._documents:
            rows = self._warehouse.records(
                "select document_id, title_zh, document_number, issuer, published_on,"
                " source_url, retrieved_on, licence from staging.stg_documents"
            )
            self._documents = {row["document_id"]: Document(**row) for row in rows}
        return self._documents[document_id]

    def items(self, counts: str, document_id: str) -> tuple[Item, ...]:
        """What a number counts in a document, in the order of the text."""
        if counts not in ITEMS:
            return ()
        key = (counts, document_id)
        if key not in self._items:
            rows = self._warehouse.records(ITEMS[counts], {"document_id": document_id})
            self._items[key] = tuple(Item(**row) for row in rows)
        return self._items[key]

    def _stated(self, row: Mapping[str, Any], corrections: tuple[Correction, ...]) -> Observation:
        figure = Figure(
            figure_id=row["figure_id"],
            document=self.document(row["document_id"]),
            char_start=row["char_start"],
            char_end=row["char_end"],
            printed=row["printed"],
            evidence=row["evidence"],
            period_basis=row["period_basis"],
            qualifier=row["qualifier"],
            provenance=row["provenance"],
            corrections=corrections,
            locator=row["locator"],
            restrictions=self._restrictions(row),
        )
        amount = Amount(row["base_value"], row["base_low"], row["base_high"], row["base_unit_code"])
        return Observation(
            **_place(row),
            region_scope=row["region_scope"],
            status=row["status"],
            amount=amount,
            origin="stated",
            figure=figure,
        )

    def _restrictions(self, row: Mapping[str, Any]) -> tuple[Restriction, ...]:
        if not self._codes:
            for code in self._warehouse.records("select * from staging.stg_dimensions"):
                names = Described(code["name_en"], code["name_zh"])
                self._codes[code["dimension"], code["code"]] = names
        return tuple(
            Restriction(name, row[name], self._codes[name, row[name]])
            for name in DIMENSIONS
            if row[name] not in (None, "total")
        )

    def _derive(self, key: DerivedKey) -> Observation:
        row = self._warehouse.records(DERIVED, key._asdict())[0]
        rows = self._warehouse.records(INPUTS, key._asdict())
        figures = self.figures(line["input_figure_id"] for line in rows if line["input_figure_id"])
        inputs = []
        for line in rows:
            if line["input_figure_id"]:
                observation = figures[line["input_figure_id"]]
            else:
                observation = self.derived(
                    DerivedKey(
                        line["input_formula_id"],
                        line["input_region_code"],
                        line["input_sector"],
                        line["input_period"],
                    )
                )
            inputs.append(Input(line["role"], Decimal(line["coefficient"]), observation))
        return Observation(
            **_place(row),
            region_scope="self",
            status=row["status"],
            amount=Amount(row["value"], row["value_low"], row["value_high"], row["unit_code"]),
            origin="derived",
            formula=self._formula(row["formula_id"]),
            obstacle=row["obstacle"],
            inputs=tuple(inputs),
        )

    def _formula(self, formula_id: str) -> Formula:
        if not self._formulas:
            for row in self._warehouse.records("select * from staging.stg_formulas"):
                note = Described(row["note_en"], row["note_zh"]) if row["note_zh"] else None
                self._formulas[row["formula_id"]] = Formula(
                    row["formula_id"],
                    row["kind"],
                    row["relation"],
                    Described(row["name_en"], row["name_zh"]),
                    note,
                )
        return self._formulas[formula_id]


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "indicator": row["indicator"],
        "name": Described(row["name_en"], row["name_zh"]),
        "region_code": row["region_code"],
        "region_name": Described(row["region_name_en"], row["region_name_zh"]),
        "sector": row["sector"],
        "period": row["period"],
    }
