"""What a sentence inherits: from its paragraph, its section, its document."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ingest.meaning.header import Header
from ingest.meaning.lexicon import pattern, read_table
from ingest.meaning.places import Gazetteer
from ingest.meaning.reference import Reference
from ingest.meaning.when import When

_MODES: Final = {row["words"]: row["mode"] for row in read_table("headings.csv")}
_MODE_WORDS: Final = pattern(_MODES)


@dataclass(frozen=True, slots=True)
class Head:
    """What an earlier figure stated: carried to one that has no words of its own."""

    indicator: str
    sector: str
    unit_code: str
    subject_zh: str


@dataclass(slots=True)
class Section:
    """What a heading says for all that stands under it."""

    mode: str = ""
    when: When | None = None
    stage: str = ""
    sector: str = ""


@dataclass(slots=True)
class Context:
    """All that a sentence inherits; the paragraph's part is reset where a paragraph begins.

    span: the last span of years that was told of. priced: the head that a sentence without figures
    has named in this paragraph (公用经费项目。), of which prices may follow. tables: whether the
    rows of a table, by its id, are places.
    mode: actual, target or planned. horizon: when a plan is due as a whole.
    """

    reference: Reference
    header: Header
    gazetteer: Gazetteer
    horizon: When | None
    sections: dict[int, Section] = field(default_factory=dict)
    when: When | None = None
    when_basis: str = ""
    stock: When | None = None
    opening: When | None = None
    stages: list[str] = field(default_factory=list)
    region: str = ""
    heads: list[Head] = field(default_factory=list)
    told_mode: str = ""
    span: When | None = None
    priced: str = ""
    tables: dict[int, bool] = field(default_factory=dict)

    @property
    def document_mode(self) -> str:
        """Whether the document sets targets, lays down rules, or tells."""
        return self.header.mode

    def open_paragraph(self) -> None:
        """Forget what the last paragraph said."""
        self.when, self.when_basis, self.stock, self.opening = None, "", None, None
        self.region = self.priced = ""
        self.stages.clear()
        self.heads.clear()

    def open_section(self, level: int, section: Section) -> None:
        """Enter a section: those of its level and below end."""
        for deeper in [one for one in self.sections if one >= level]:
            del self.sections[deeper]
        self.sections[level] = section
        self.told_mode = next((one.mode for one in self.inherited() if one.mode), "")

    def date_section(self, when: When) -> None:
        """A report's paragraph that opens with a time dates what follows in its section."""
        if self.sections:
            self.sections[min(self.sections)].when = when

    def date_innermost(self, when: When) -> None:
        """到2025年，主要目标是： dates what follows in the section that it opens."""
        if self.sections:
            self.sections[max(self.sections)].when = when

    def inherited(self) -> Iterable[Section]:
        """The open sections, the innermost first."""
        return reversed(self.sections.values())

    def section_mode(self) -> str:
        """What the innermost section that says so does: tell or lay down; empty if none says."""
        return self.told_mode

    def mode(self) -> str:
        """Whether the section, else the document, tells (actual) or lays down (target)."""
        return self.section_mode() or self.document_mode


def mode_of(heading: str) -> str:
    """What a heading announces: actual, target, planned, norm or nothing."""
    found = _MODE_WORDS.findall(heading)
    return _MODES[found[-1]] if found else ""
