"""One edition of the report, in one language: its words, numbers and links as safe HTML."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup, escape

from report import numbers
from report.addresses import Addresses, document_page, region_page
from report.keys import Key
from report.knowledge import Knowledge
from report.numbers import Quantity
from report.periods import period_words
from report.words import Language, Words, name_of_code, text

# Units that stand close behind the number in English too.
GLUED_UNITS: Final = frozenset({"%", "‰", ":1"})
# A ratio is a bare number: nobody says 16.2 persons per person.
UNNAMED_DIMENSIONS: Final = frozenset({"ratio"})
DIMENSIONS: Final = ("sex", "urbanisation", "pupil_group", "staff_group")
POINTS: Final = "百分点"
# A run of Chinese, with the digits inside and around it: 株教提字〔2023〕27号, 46927个.
CHINESE: Final = re.compile(
    r"([0-9.]*[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
    r"(?:[0-9.\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])?)"
)


@dataclass(frozen=True)
class Edition:
    """The report in one language."""

    language: Language
    knowledge: Knowledge
    addresses: Addresses
    environment: Environment
    as_of: str
    companions: frozenset[str] = frozenset()

    def say(self, key: str, **fields: object) -> str:
        """A text of the report; fields are put in as plain text."""
        words = text(key).of(self.language)
        return words.format(**fields) if fields else words

    def of(self, words: Words) -> str:
        """A text in the edition's language."""
        return words.of(self.language)

    def name(self, kind: str, code: str | None) -> str:
        """The name of a code such as status `target`."""
        return self.of(name_of_code(kind, code)) if code else ""

    def period(self, period: str | None) -> str:
        """A period in words."""
        return self.of(period_words(period))

    def day(self, day: date | None) -> str:
        """A day in words."""
        return self.period(day.isoformat()) if day else ""

    def region(self, code: str) -> str:
        """The name of a region."""
        return self.of(self.knowledge.region_name(code))

    def indicator(self, code: str) -> str:
        """The name of an indicator."""
        return self.of(self.knowledge.indicator_name(code))

    def sector(self, code: str) -> str:
        """The name of a class of ownership, empty for all of them together."""
        if code == "total":
            return ""
        name = self.of(self.knowledge.sector_name(code))
        return name.lower() if self.language == "en" else name

    def what(self, indicator: str, sector: str, scope: str = "self") -> str:
        """An indicator with its class of ownership and scope, where they are not the usual."""
        parts = [self.sector(sector), self.name("scope", scope) if scope != "self" else ""]
        inner = self.say("list.comma").join(part for part in parts if part)
        name = self.indicator(indicator)
        return self.say("phrase.in_brackets", outer=name, inner=inner) if inner else name

    def groups(self, figure: Mapping[str, Any]) -> str:
        """Of whom a figure speaks, empty where it speaks of all."""
        stated = {(name, figure.get(name)) for name in DIMENSIONS if figure.get(name) != "total"}
        rows = self.knowledge.warehouse.rows("stg_dimensions") if stated else ()
        parts = [
            self.of(Words(row["name_zh"], row["name_en"]))
            for row in rows
            if (row["dimension"], row["code"]) in stated
        ]
        return self.say("list.comma").join(parts)

    def joined(self, parts: list[str]) -> str:
        """A list in the punctuation of the language."""
        return self.say("list.pause").join(parts)

    def unit(self, unit_code: str) -> str:
        """A unit as a heading names it."""
        return self.of(self.knowledge.unit_name(unit_code))

    @cached_property
    def missing(self) -> Markup:
        """What stands where nothing is known."""
        return Markup(
            '<span class="missing"><span aria-hidden="true">—</span>'
            '<span class="unseen">{}</span></span>'
        ).format(self.say("number.missing"))

    @cached_property
    def printed_figures(self) -> dict[tuple[int, str], Markup]:
        """Figures as the pages of a depth show them (`explain.printed`)."""
        return {}

    @cached_property
    def links(self) -> dict[tuple[int, str, str], Markup]:
        """Links to regions and documents as the pages of a depth show them."""
        return {}

    @cached_property
    def _navigations(self) -> dict[tuple[int, str], Markup]:
        return {}

    def navigation(self, page: "Page") -> Markup:
        """The links to all main pages; the same for every page of a depth that is none of them."""
        place = (page.path.count("/"), "" if "/" in page.path else page.path)
        if place not in self._navigations:
            template = self.environment.get_template("navigation.html")
            html = template.render(page=page, say=self.say)
            self._navigations[place] = Markup(html)  # noqa: S704
        return self._navigations[place]

    def quantity(self, quantity: Quantity, scale: Decimal | None = None) -> str:
        """The number as plain text, without its unit."""
        return numbers.short(quantity, self.language, scale)

    def with_unit(self, number: str, unit_code: str) -> str:
        """A number followed by its unit."""
        return number + self._behind(unit_code)

    def escaped_unit(self, unit_code: str) -> str:
        """What stands behind a number, as HTML."""
        if unit_code not in self._escaped_units:
            self._escaped_units[unit_code] = str(escape(self._behind(unit_code)))
        return self._escaped_units[unit_code]

    @cached_property
    def _escaped_units(self) -> dict[str, str]:
        return {}

    def _behind(self, unit_code: str) -> str:
        row = self.knowledge.units.get(unit_code)
        if row and row["dimension"] in UNNAMED_DIMENSIONS and unit_code not in GLUED_UNITS:
            return ""
        if unit_code in GLUED_UNITS:
            return unit_code
        if self.language == "zh":
            return f"{'个' if unit_code == POINTS else ''}{unit_code}"
        return f" {self.unit(unit_code)}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an edition; it knows where it lies, so that its links are relative."""

    edition: Edition
    path: str

    def to(self, target: str) -> str:
        """A relative link to another page of the same language, with or without an anchor."""
        file, hash_sign, anchor = target.partition("#")
        if file == self.path:
            return f"#{anchor}" if hash_sign else posixpath.basename(file)
        return self.up + target

    @property
    def up(self) -> str:
        """The way to the folder of the page's language."""
        return "../" * self.path.count("/")

    def asset(self, name: str) -> str:
        """A relative link to a file that both languages share."""
        return "../" * (self.path.count("/") + 1) + name

    def in_language(self, language: Language) -> str:
        """The same page of the other edition."""
        return self.asset(f"{language}/{self.path}")

    def number(
        self,
        quantity: Quantity,
        source: Key | str | None = None,
        scale: Decimal | None = None,
        unit: bool = False,
        keeps_room: bool = False,
    ) -> Markup:
        """A number that links to its explanation, with its interval and its exact value.

        `source` is the observation that it shows, or the page that explains it.
        `keeps_room` leaves the place of an interval empty, so that a column's digits align.
        """
        edition = self.edition
        if quantity.is_missing:
            return edition.missing
        # Put together by hand, as numbers are most of what there is; a written number and an
        # address hold nothing that would have to be escaped.
        shown = edition.quantity(quantity, scale)
        exact = numbers.exact(quantity, edition.language)
        behind = edition.escaped_unit(quantity.unit_code)
        value = numbers.machine_readable(quantity)
        shown += behind if unit else ""
        html = f'<data value="{value}" title="{exact}{behind}">{shown}</data>'
        if source is not None:
            if not isinstance(source, str):
                source = edition.addresses.explanation(source)
            html = f'<a class="n" href="{self.to(source)}">{html}</a>'
        inexact = numbers.interval(quantity, edition.language)
        if inexact or keeps_room:
            html += f' <span class="interval">{inexact}</span>'
        return Markup(html)  # noqa: S704

    def region_link(self, code: str) -> Markup:
        """The name of a region, linked to its page where it has one."""
        links, place = self.edition.links, (self.path.count("/"), "region", code)
        if place not in links:
            name = escape(self.edition.region(code))
            if code in self.edition.knowledge.regions_with_page:
                name = Markup('<a href="%s">%s</a>') % (self.up + region_page(code), name)
            links[place] = name
        return links[place]

    def document_link(self, document_id: str, words: str | None = None) -> Markup:
        """A document's number or title, linked to its page."""
        links, place = self.edition.links, (self.path.count("/"), "document", document_id)
        row = self.edition.knowledge.documents.get(document_id)
        if row is None:
            return escape(document_id)
        target = self.up + document_page(document_id)
        link = Markup('<a href="%s"%s>%s</a>')
        if words:
            return link % (target, self.chinese_attribute, words)
        if place not in links:
            shown = row["document_number"] or row["title_zh"] or document_id
            links[place] = link % (target, self.chinese_attribute, shown)
        return links[place]

    @property
    def chinese_attribute(self) -> Markup:
        """The mark of Chinese words on an English page."""
        return Markup("") if self.edition.language == "zh" else Markup(' lang="zh-Hans"')

    def chinese(self, words: str | None) -> Markup:
        """Printed Chinese words, marked as such on an English page."""
        if not words:
            return Markup("")
        if self.edition.language == "zh":
            return escape(words)
        return Markup(f'<span lang="zh-Hans">{escape(words)}</span>')  # noqa: S704

    def mixed(self, words: str) -> Markup:
        """An English sentence with its Chinese words marked as such."""
        if self.edition.language == "zh":
            return escape(words)
        pieces = CHINESE.split(words)
        return Markup("").join(
            self.chinese(piece) if number % 2 else escape(piece)
            for number, piece in enumerate(pieces)
        )

    def render(self, template: str, title: str, **context: object) -> str:
        """The page as HTML."""
        context["navigation"] = self.edition.navigation(self)
        return self.edition.environment.get_template(template).render(
            page=self, edition=self.edition, say=self.edition.say, title=title, **context
        )
