"""What the warehouse knows, indexed for the pages: observations, figures, names, derivations."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from report.addresses import MOST_FINDINGS, MOST_ROWS, explained_row, file_name, numbered
from report.grouping import grouped
from report.keys import Key
from report.observations import Observation, observation_of, place
from report.warehouse import Row, Warehouse
from report.words import Words, has_text, text

DISTRICT_LEVELS: Final = ("county", "functional_zone")


@dataclass(frozen=True)
class Knowledge:
    """The warehouse with its indexes; each is made when first asked for."""

    warehouse: Warehouse

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """Every observation, in the order of its key."""
        rows = self.warehouse.rows("reconciled_observations")
        return tuple(sorted((observation_of(row) for row in rows), key=lambda found: found.key))

    @cached_property
    def by_region(self) -> Mapping[str, list[Observation]]:
        """Observations by region."""
        return grouped(self.observations, lambda found: found.key.region_code)

    @cached_property
    def by_indicator(self) -> Mapping[str, list[Observation]]:
        """Observations by indicator."""
        return grouped(self.observations, lambda found: found.key.indicator)

    @cached_property
    def values_by_city_and_topic(self) -> Counter[tuple[str, str]]:
        """How many values are known of each city with its districts on each topic."""
        places = (found.key for found in self.observations)
        return Counter(
            (self.city_of(key.region_code), self.topic_of(key.indicator)) for key in places
        )

    @cached_property
    def by_value(self) -> Mapping[tuple[str, str, str, str], list[Observation]]:
        """Observations by indicator, region, scope and sector."""
        return grouped(self.observations, lambda found: found.key[:4])

    @cached_property
    def by_key(self) -> Mapping[Key, Observation]:
        """Observations by their key."""
        return {found.key: found for found in self.observations}

    @cached_property
    def figures(self) -> Mapping[str, Row]:
        """Figures by figure_id."""
        return {row["figure_id"]: row for row in self.warehouse.rows("figures")}

    @cached_property
    def figures_left_out(self) -> bool:
        """Whether there are figures, but too many for the search to hold."""
        findable = any(hit.kind == "figure" for hit in self.warehouse.findable)
        return bool(self.figures) and not findable

    @cached_property
    def statements(self) -> Mapping[Key, list[Row]]:
        """Every printed statement of an observation, in base units."""
        rows = self.warehouse.rows("stated_observations")
        return grouped(rows, lambda row: Key(*(row[name] for name in Key._fields)))

    @cached_property
    def derivations(self) -> Mapping[tuple[str, ...], list[Row]]:
        """Derived values by indicator, region, sector and period, the preferred one first."""
        rows = sorted(
            self.warehouse.rows("derived_observations"),
            key=lambda row: (not row["is_preferred"], row["formula_id"]),
        )
        return grouped(rows, place)

    @cached_property
    def inputs(self) -> Mapping[tuple[str, ...], list[Row]]:
        """The inputs of a derived value, by its formula and place."""
        rows = sorted(
            self.warehouse.rows("observation_inputs"),
            key=lambda row: (row["term_number"], row["input_region_code"], row["input_period"]),
        )
        return grouped(rows, lambda row: (row["formula_id"], *place(row)))

    @cached_property
    def findings(self) -> Mapping[tuple[str, str, str, str], list[Row]]:
        """Findings by the value that they speak of."""
        return grouped(self.warehouse.rows("consistency_findings"), place)

    @cached_property
    def contradictions(self) -> tuple[Row, ...]:
        """Contradictions, those that nobody has judged first."""
        rows = self.warehouse.rows("consistency_findings")
        found = (row for row in rows if row["verdict"] == "contradiction")
        return tuple(sorted(found, key=lambda row: (row["is_acknowledged"], row["finding_id"])))

    @cached_property
    def contradictions_by_region(self) -> Mapping[str, list[Row]]:
        """Contradictions by the region that they speak of."""
        return grouped(self.contradictions, lambda row: str(row["region_code"]))

    @cached_property
    def shown_findings(self) -> tuple[Row, ...]:
        """The findings that stand as sentences: contradictions, then what can't be compared."""
        rows = self.warehouse.rows("consistency_findings")
        incomparable = (row for row in rows if row["verdict"] == "not_comparable")
        return (*self.contradictions, *incomparable)

    @cached_property
    def finding_addresses(self) -> Mapping[str, str]:
        """Where the list of findings shows each of them."""
        return {
            row["finding_id"]: numbered("findings.html", 1 + place // MOST_FINDINGS)
            + f"#{row['finding_id']}"
            for place, row in enumerate(self.shown_findings)
        }

    @cached_property
    def accounts(self) -> Mapping[str, Row]:
        """How the numbers of a document are accounted for, by document_id."""
        return {row["document_id"]: row for row in self.warehouse.rows("number_accounting")}

    @cached_property
    def indicators(self) -> Mapping[str, Row]:
        """Indicators by code."""
        return {row["indicator"]: row for row in self.warehouse.rows("indicators")}

    @cached_property
    def indicators_in_order(self) -> tuple[Row, ...]:
        """All indicators, by topic and code."""
        rows = self.indicators.values()
        return tuple(sorted(rows, key=lambda row: (str(row["topic"]), str(row["indicator"]))))

    @cached_property
    def indicator_addresses(self) -> Mapping[str, str]:
        """Where the list of indicators shows each."""
        return {
            str(found["indicator"]): numbered("indicators.html", 1 + place // MOST_ROWS)
            + f"#{file_name(str(found['indicator']))}"
            for place, found in enumerate(self.indicators_in_order)
        }

    @cached_property
    def documents(self) -> Mapping[str, Row]:
        """Documents by document_id."""
        return {row["document_id"]: row for row in self.warehouse.rows("documents")}

    @cached_property
    def documents_by_region(self) -> Mapping[str, list[Row]]:
        """Documents by the region whose office issued them."""
        return grouped(self.documents.values(), lambda row: str(row["region_code"]))

    @cached_property
    def formulas(self) -> Mapping[str, Row]:
        """Formulas by formula_id."""
        return {row["formula_id"]: row for row in self.warehouse.rows("stg_formulas")}

    @cached_property
    def units(self) -> Mapping[str, Row]:
        """Units by unit_code."""
        return {row["unit_code"]: row for row in self.warehouse.rows("stg_units")}

    @cached_property
    def sectors(self) -> Mapping[str, Row]:
        """Classes of ownership by code, in their own order."""
        rows = self.warehouse.rows("stg_sectors")
        return {row["sector"]: row for row in sorted(rows, key=lambda row: row["sort_order"])}

    @cached_property
    def regions(self) -> Mapping[str, Row]:
        """Regions by code: the span in force, else the last one."""
        rows = sorted(
            self.warehouse.rows("regions"),
            key=lambda row: (row["is_in_force"], str(row["valid_from"])),
        )
        return {row["region_code"]: row for row in rows}

    @cached_property
    def districts(self) -> Mapping[str, list[str]]:
        """County-level areas in force, by the code of the region above."""
        codes = sorted(
            code
            for code, row in self.regions.items()
            if row["is_in_force"] and row["region_level"] in DISTRICT_LEVELS
        )
        return grouped(codes, lambda code: self.regions[code]["parent_region_code"])

    @cached_property
    def tiles(self) -> Mapping[str, tuple[int, int]]:
        """Row and column of a district's tile."""
        rows = self.warehouse.rows("stg_region_tiles")
        return {row["region_code"]: (row["tile_row"], row["tile_column"]) for row in rows}

    @cached_property
    def column_meanings(self) -> Mapping[tuple[str, str], Row]:
        """What a mart's column shows, by mart and column, from the data dictionary."""
        rows = self.warehouse.rows("data_dictionary")
        return {(row["mart"], row["column_name"]): row for row in rows}

    @cached_property
    def key_columns(self) -> Mapping[str, list[str]]:
        """The columns of each mart's primary key, in their order."""
        rows = [row for row in self.column_meanings.values() if row.get("key_position")]
        ordered = sorted(rows, key=lambda row: (row["mart"], row["key_position"]))
        groups = grouped(ordered, lambda row: str(row["mart"]))
        return {mart: [row["column_name"] for row in group] for mart, group in groups.items()}

    @cached_property
    def inputs_of_rows(self) -> Mapping[tuple[str, str], list[str]]:
        """The figures behind the rows of marts that hold projections, by mart and row key."""
        groups = grouped(
            self.warehouse.rows("lineage"), lambda row: (str(row["mart"]), str(row["row_key"]))
        )
        return {key: [row["input_figure_id"] for row in group] for key, group in groups.items()}

    @cached_property
    def documents_of_rows(self) -> Mapping[str, list[str]]:
        """The documents behind such a row, by the address of its explanation."""
        found: dict[str, list[str]] = {}
        for (mart, key), figures in self.inputs_of_rows.items():
            region = key.partition("region_code=")[2].partition(";")[0]
            documents = dict.fromkeys(str(self.figures[f]["document_id"]) for f in figures)
            found[explained_row(mart, region, key)] = list(documents)
        return found

    def row_key(self, mart: str, row: Row) -> str:
        """The key of a mart's row as lineage writes it; empty where lineage has no such row."""
        columns = self.key_columns.get(mart, [])
        key = ";".join(f"{column}={row[column]}" for column in columns)
        return key if (mart, key) in self.inputs_of_rows else ""

    @cached_property
    def shown_regions(self) -> tuple[str, ...]:
        """Regions of which something is known or that issue documents, the nation first."""
        known = {*self.by_region, *(row["region_code"] for row in self.documents.values())}
        return tuple(sorted(code for code in known if code in self.regions))

    @cached_property
    def regions_with_page(self) -> frozenset[str]:
        """Regions of which something is known, and every district of theirs."""
        districts = (
            code for region in self.shown_regions for code in self.districts.get(region, ())
        )
        return frozenset({*self.shown_regions, *districts})

    def city_of(self, region_code: str) -> str:
        """The region itself, or for a county-level area the one above it."""
        row = self.regions.get(region_code)
        if row and row["region_level"] in DISTRICT_LEVELS:
            return str(row["parent_region_code"] or region_code)
        return region_code

    def region_name(self, region_code: str) -> Words:
        """The name of a region; an unknown code stands for itself."""
        return _name(self.regions.get(region_code), region_code)

    def indicator_name(self, indicator: str) -> Words:
        """The name of an indicator; an unknown code stands for itself."""
        return _name(self.indicators.get(indicator), indicator)

    def sector_name(self, sector: str) -> Words:
        """The name of a class of ownership, short where the report has a short one."""
        if has_text(f"sector.{sector}"):
            return text(f"sector.{sector}")
        return _name(self.sectors.get(sector), sector)

    def topic_of(self, indicator: str) -> str:
        """The topic of an indicator; empty for an unknown one."""
        return str(self.indicators.get(indicator, {}).get("topic", ""))

    def unit_name(self, unit_code: str) -> Words:
        """A unit as written behind a number; in Chinese the printed unit itself."""
        return Words(unit_code, _name(self.units.get(unit_code), unit_code).en)

    def mart_title(self, mart: str) -> Words:
        """What a row of a table is; a table without a comment stands for itself."""
        return self.warehouse.mart_titles.get(mart, Words(mart, mart))

    def formula_name(self, formula_id: str) -> Words:
        """A formula in words."""
        return _name(self.formulas.get(formula_id), formula_id)


def _name(row: Row | None, fallback: str) -> Words:
    if row is None:
        return Words(fallback, fallback)
    return Words(row["name_zh"] or fallback, row["name_en"] or row["name_zh"] or fallback)
