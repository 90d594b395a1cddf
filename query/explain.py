"""Explains any number of a built file: from a row of a mart down to the printed characters."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from project.language import say
from query.connection import Warehouse
from query.dictionary import Column, Mart, mart_of, read_dictionary
from query.explanation import Cell, Explanation, Number, Observation, Place, Source
from query.faults import QueryFault, did_you_mean
from query.keys import find_row
from query.sources import DerivedKey, Sources

LINEAGE: Final = """
    select row_key, column_name, source_column, formula_id, region_code, sector, period,
        document_id, input_figure_id
    from lineage
    where mart = $mart and row_key = coalesce($row_key, row_key)
    order by row_key, column_name, input_number
"""

FINDING_MART: Final = "consistency_findings"
FIGURE_MART: Final = "figures"

Lineage = Mapping[str, Any]


class Explainer:
    """Explains cells, rows, figures and findings of one open file."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._sources = Sources(warehouse)
        self.dictionary = read_dictionary(warehouse)

    def explain(
        self, target: str, column: str | None = None, keys: Mapping[str, str] | None = None
    ) -> Explanation:
        """A mart's row, one column of it, a figure by its figure_id, a finding by its finding_id.

        Raises QueryFault where the target, the column or the row is not there, or is not the only
        one; the sentence offers the nearest names.
        """
        if target in self.dictionary:
            return self.row(mart_of(self.dictionary, target), keys or {}, column)
        for mart, key in ((FIGURE_MART, "figure_id"), (FINDING_MART, "finding_id")):
            if self._holds(mart, key, target):
                return self.row(mart_of(self.dictionary, mart), {key: target}, column)
        raise QueryFault(say("query.no_target", target=target, hint=self._hint(target)))

    def row(self, mart: Mart, keys: Mapping[str, str], column: str | None = None) -> Explanation:
        """A row of a mart, or one number of it."""
        if column is not None and not mart.column(column).is_numeric:
            hint = did_you_mean(column, mart.numbers)
            raise QueryFault(say("query.not_a_number", mart=mart.name, column=column, hint=hint))
        row = find_row(self._warehouse, mart, keys, column)
        asked = [column] if column is not None and column in mart.numbers else _filled(mart, row)
        key = row_key(mart, row)
        return self._explained(mart, row, asked, self._lineage(mart, key).get(key, {}))

    def rows(self, mart: Mart) -> Iterator[Explanation]:
        """Every row of a mart, in its order, with all its filled numbers."""
        lineage = self._lineage(mart)
        for row in self._warehouse.records(f'select * from main."{mart.name}"'):  # noqa: S608 - the name of a mart
            lines = lineage.get(row_key(mart, row), {})
            yield self._explained(mart, row, _filled(mart, row), lines)

    def _lineage(self, mart: Mart, key: str | None = None) -> dict[str, dict[str, list[Lineage]]]:
        """The lineage of one row or of all, by row key and column."""
        found: dict[str, dict[str, list[Lineage]]] = {}
        lines = self._warehouse.records(LINEAGE, {"mart": mart.name, "row_key": key})
        for line in lines:
            found.setdefault(line["row_key"], {}).setdefault(line["column_name"], []).append(line)
        self._sources.figures(line["input_figure_id"] for line in lines if line["input_figure_id"])
        return found

    def _explained(
        self,
        mart: Mart,
        row: Mapping[str, Any],
        names: list[str],
        lines: Mapping[str, list[Lineage]],
    ) -> Explanation:
        return Explanation(
            mart=mart.name,
            description=mart.description,
            key={name: row[name] for name in mart.key},
            words=_words(mart, row),
            numbers=self._numbers(mart, row, names, lines),
        )

    def _numbers(
        self,
        mart: Mart,
        row: Mapping[str, Any],
        names: list[str],
        lines: Mapping[str, list[Lineage]],
    ) -> tuple[Number, ...]:
        """Numbers in the order of the columns; those that share their sources stand together."""
        grouped: dict[tuple[Source, ...] | str, list[str]] = {}
        for name in names:
            sources = self._sources_of(mart.columns[name], lines.get(name, []), row)
            grouped.setdefault(sources or name, []).append(name)
        return tuple(
            Number(
                cells=tuple(_cell(mart, row, name) for name in group),
                is_about_warehouse=mart.columns[group[0]].is_about_warehouse,
                sources=() if isinstance(sources, str) else sources,
            )
            for sources, group in grouped.items()
        )

    def _sources_of(
        self, column: Column, lines: list[Lineage], row: Mapping[str, Any]
    ) -> tuple[Source, ...]:
        distinct = {
            (
                line["source_column"],
                *(line[part] for part in DerivedKey._fields),
                None if line["formula_id"] else line["input_figure_id"],
                None if line["formula_id"] else line["document_id"],
            ): line
            for line in lines
        }
        sources = []
        for line in distinct.values():
            via = line["source_column"] if line["source_column"] != column.name else None
            sources.append(Source(via, row[via] if via else None, self._origin(column, line)))
        return tuple(sources)

    def _origin(self, column: Column, line: Lineage) -> Observation | Place:
        if line["formula_id"]:
            return self._sources.derived(DerivedKey(*(line[part] for part in DerivedKey._fields)))
        if line["input_figure_id"]:
            figure_id = line["input_figure_id"]
            return self._sources.figures([figure_id])[figure_id]
        document = self._sources.document(line["document_id"])
        items = self._sources.items(column.counts or "", document.document_id)
        return Place(document, column.counts, items)

    def _holds(self, mart: str, key: str, value: str) -> bool:
        if mart not in self.dictionary:
            return False
        return bool(self._warehouse.rows(f"select 1 from {mart} where {key} = $1", [value]))  # noqa: S608 - both names are ours

    def _hint(self, target: str) -> str:
        known = list(self.dictionary)
        for mart, key in ((FIGURE_MART, "figure_id"), (FINDING_MART, "finding_id")):
            if mart in self.dictionary:
                like = self._warehouse.rows(
                    f"select {key} from {mart}"  # noqa: S608 - both names are ours
                    f" order by jaro_winkler_similarity({key}, $1) desc limit 20",
                    [target],
                )
                known += [str(value) for (value,) in like]
        return did_you_mean(target, known)


def row_key(mart: Mart, row: Mapping[str, Any]) -> str:
    """The key of a row as the mart `lineage` writes it: 'region_code=430200;period=2022'."""
    return ";".join(f"{name}={row[name]}" for name in mart.key)


def _cell(mart: Mart, row: Mapping[str, Any], name: str) -> Cell:
    return Cell(name, row[name], mart.columns[name].description, mart.columns[name].counts)


def _filled(mart: Mart, row: Mapping[str, Any]) -> list[str]:
    return [name for name in mart.numbers if row[name] is not None]


def _words(mart: Mart, row: Mapping[str, Any]) -> dict[str, Any]:
    """The filled columns that are neither numbers nor part of the key."""
    return {
        name: row[name]
        for name in mart.columns
        if name not in mart.numbers and name not in mart.key and row[name] is not None
    }
