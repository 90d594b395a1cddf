"""Targets with their progress, as tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from markupsafe import Markup

from report.edition import Page
from report.keys import Key
from report.knowledge import Knowledge
from report.numbers import Quantity
from report.observations import quantity_of
from report.tables import Column, DataTable, Row, row
from report.warehouse import Row as MartRow

HEADS: Final = ("indicator", "target", "actual", "verdict", "due", "target_type", "basis")
NUMBERS: Final = frozenset({"target", "actual"})
POINTS: Final = "百分点"


@dataclass(frozen=True)
class Progress:
    """Every target: the rows of target_progress, or of policy_targets where there are none."""

    knowledge: Knowledge
    # Rows as a top page shows them, by language and anchor: most stand on several pages.
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)

    @cached_property
    def targets(self) -> tuple[MartRow, ...]:
        """The targets in the order of their mart; some stand once per region they hold for."""
        warehouse = self.knowledge.warehouse
        return warehouse.rows("target_progress") or warehouse.rows("policy_targets")

    @cached_property
    def by_region(self) -> Mapping[str, list[MartRow]]:
        """The targets by the region in which they hold."""
        found: dict[str, list[MartRow]] = {}
        for target in self.targets:
            found.setdefault(target["region_code"], []).append(target)
        return found

    def of_region(self, code: str) -> list[MartRow]:
        """The targets that hold in a region."""
        return self.by_region.get(code, [])

    def for_each_county(self, parent: str | None, code: str) -> list[MartRow]:
        """The targets that the region above sets for each of its counties, this one among them."""
        if code not in self.knowledge.districts.get(parent or "", ()):
            return []
        return [row for row in self.of_region(parent or "") if row["region_scope"] == "each_county"]

    def table(
        self, page: Page, targets: Iterable[MartRow], identifier: str, with_region: bool = False
    ) -> DataTable:
        """Targets as a table."""
        rows = tuple(self.row(page, target, with_region) for target in targets)
        columns = target_columns(page, with_region)
        caption = page.edition.say("targets.caption")
        return DataTable(identifier, caption, columns, rows, has_tools=len(rows) > 5)

    def row(self, page: Page, target: MartRow, with_region: bool) -> Row:
        """One target with its progress."""
        anchor = f"{target['target_id']}.{target['region_code']}"
        rows = self.rows.setdefault(page.edition.language, {})
        if anchor not in rows:
            rows[anchor] = target_row(Page(page.edition, "targets.html"), target, anchor)
        found = rows[anchor].moved(page.path.count("/"))
        return found if with_region else found.without_first()


def target_columns(page: Page, with_region: bool) -> tuple[Column, ...]:
    """The headings of a table of targets."""
    return tuple(
        Column(page.edition.say(f"column.{head}"), head in NUMBERS) for head in heads(with_region)
    )


def heads(with_region: bool) -> tuple[str, ...]:
    """The columns of a table of targets."""
    return ("region", *HEADS) if with_region else HEADS


def target_row(page: Page, target: MartRow, anchor: str) -> Row:
    """One target with its progress and its region."""
    edition = page.edition
    goal, actual = goal_of(target), actual_of(target)
    figure = edition.knowledge.figures.get(figure_id_of(target) or "")
    cells: dict[str, str | Markup] = {
        "region": page.region_link(target["region_code"]),
        "indicator": edition.what(target["indicator"], target["sector"], target["region_scope"]),
        "target_type": edition.name("status", target["target_type"]),
        "target": page.number(goal, key_of(edition.knowledge, target), unit=True),
        "due": edition.period(target["due_period"]),
        "actual": _actual(page, target, actual),
        "verdict": _verdict(page, target),
        "basis": _basis(page, target, figure),
    }
    keys: dict[str, object] = {
        "target": goal.middle if goal.middle is not None else "",
        "due": target["due_period"] or "",
        "actual": actual.middle if actual.middle is not None else "",
    }
    names = heads(with_region=True)
    return row(*(cells[n] for n in names), keys=[keys.get(n) for n in names], anchor=anchor)


def _basis(page: Page, target: MartRow, figure: MartRow | None) -> str | Markup:
    """The document that states a target, or the formula that holds a norm."""
    if figure:
        return page.document_link(figure["document_id"])
    formula = target.get("target_formula_id")
    edition = page.edition
    return edition.of(edition.knowledge.formula_name(formula)) if formula else edition.missing


def figure_id_of(target: MartRow) -> str | None:
    """The figure that states a target; a norm that a formula holds has none."""
    found = target["target_figure_id"] if "target_figure_id" in target else target["target_id"]
    return None if found is None else str(found)


def goal_of(target: MartRow) -> Quantity:
    """The target's own number."""
    return quantity_of(target, "target", target["unit_code"])


def actual_of(target: MartRow) -> Quantity:
    """The newest actual value that stands beside a target."""
    return quantity_of(target, "actual", target["unit_code"])


def key_of(knowledge: Knowledge, target: MartRow) -> Key | None:
    """The observation that states a target, or from which a formula takes it."""
    if target.get("target_formula_id"):
        place = (target["indicator"], target["region_code"], "self", target["sector"])
        held = Key(*place, str(target["period"]), "actual")
        return held if held in knowledge.by_key else None
    figure = knowledge.figures.get(figure_id_of(target) or "")
    key = Key(*(figure[name] for name in Key._fields)) if figure else None
    return key if key in knowledge.by_key else None


def _actual(page: Page, target: MartRow, actual: Quantity) -> Markup:
    """The newest actual value with its period, and its place where that is another region."""
    edition = page.edition
    if actual.is_missing:
        return edition.missing
    region = str(target["actual_region_code"] or target["region_code"])
    place = (target["indicator"], region, "self", target["sector"], str(target["period"]))
    found = (Key(*place, status) for status in ("actual", "change"))
    key = next((key for key in found if key in edition.knowledge.by_key), None)
    notes = [edition.region(region)] if region != target["region_code"] else []
    notes.append(edition.period(target["period"]))
    return page.number(actual, key, unit=True) + Markup(' <span class="when">%s</span>') % (
        edition.say("list.comma").join(note for note in notes if note)
    )


def _verdict(page: Page, target: MartRow) -> Markup:
    """How a target stands, with what is still needed each year."""
    edition = page.edition
    if not target.get("verdict"):
        return edition.missing
    words = Markup('<span class="verdict %s">%s</span>') % (
        "".join(letter for letter in target["verdict"] if letter.isalpha()),
        edition.name("progress", target["verdict"]),
    )
    pace = target.get("pace_needed")
    if target["verdict"] not in ("behind", "on_pace") or not pace:
        return words
    unit = POINTS if target["unit_code"] == "%" else target["unit_code"]
    amount = edition.quantity(Quantity(pace, pace, pace, unit))
    note = edition.say("targets.pace", pace=edition.with_unit(amount, unit))
    return words + Markup(' <span class="when">%s</span>') % note
