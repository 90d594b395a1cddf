"""What the words around a figure can name: wordings of indicators, and whether the unit fits."""

from typing import Final, NamedTuple

from ingest.meaning.context import Context
from ingest.meaning.events import Events, Named, Word
from ingest.meaning.lexicon import compositions, grammar
from ingest.meaning.measures import Measure, agree

_SHARE_WORDS: Final = grammar("share")


class Case(NamedTuple):
    """What the unit and the status of a figure ask of its indicator."""

    measure: Measure
    unit: str
    status: str
    context: Context


class Found(NamedTuple):
    """A wording that can name an indicator; strength is the kind of evidence."""

    start: int
    end: int
    indicator: str
    sector: str
    words: str
    strength: str


def named_between(events: Events, start: int, end: int, context: Context) -> list[Found]:
    """Everything between two places that can name an indicator, in order."""
    clean = events.sentence.clean
    found = [
        Found(one.start, one.end, one.code, one.sector, clean[one.start : one.end], _alias(one))
        for one in events.aliases
        if start <= one.start and one.end <= end
    ]
    for at, word in enumerate(events.words):
        if word.category in ("head", "stage") and start <= word.start and word.end <= end:
            found += _composed(events, at, word, start, context)
    return sorted(found)


def _alias(one: Named) -> str:
    return "alias" if one.end - one.start > 3 else "short_alias"


def _composed(events: Events, at: int, word: Word, start: int, context: Context) -> list[Found]:
    """在校生 in the company of 小学: indicators of a head and the stage nearest to it."""
    table = compositions()
    if word.category == "stage":
        code = table.get(("schools", word.meaning))
        return [Found(word.start, word.end, code, "total", word.words, "stage")] if code else []
    stages = [(one.meaning, one.start) for one in events.words[:at] if one.category == "stage"]
    ahead = [one for one in events.words[at + 1 : at + 2] if one.category == "stage"]
    if stages:
        stage, place = stages[-1]
        strength = "composed" if place >= start else "composed_far"
    elif ahead and ahead[0].start - word.end < 2:
        stage, strength = ahead[0].meaning, "composed"
    else:
        level = bool(at) and events.words[at - 1].category == "level"
        stage = _stage(context, of_all=level and events.words[at - 1].end == word.start)
        strength = "composed_inherited"
    code = table.get((word.meaning, stage), table.get((word.meaning, "*"), ""))
    if not code:
        return []
    return [Found(word.start, word.end, code, "total", word.words, strength)]


def _stage(context: Context, *, of_all: bool) -> str:
    """The stage that a paragraph or section speaks of; of 全市 in front of several, all of them."""
    told = list(dict.fromkeys(context.stages))
    if told:
        return "all" if of_all and len(told) > 1 else told[0]
    return next((section.stage for section in context.inherited() if section.stage), "")


def fits(found: Found, case: Case) -> bool:
    """Whether the printed unit can state this indicator, its change, its growth or its share."""
    indicator = case.context.reference.indicators.get(found.indicator)
    if indicator is None:
        return False
    if found.strength == "stage" and case.measure.family == "things":
        return False
    if agree(case.measure, indicator.measure):
        return True
    return bool(derived(found.indicator, found.words, case))


def derived(indicator: str, words: str, case: Case) -> str:
    """The change, growth or share of an indicator that the unit asks for, or empty."""
    known, measure = case.context.reference.indicators, case.measure
    kept = known[indicator].measure
    if measure.dimension == "points" and kept.dimension == "share":
        return f"{indicator}_change" if f"{indicator}_change" in known else ""
    if measure.dimension == "count" and kept.dimension == "share":
        code = indicator.removesuffix("_share")
        return code if code != indicator and code in known and measure.family != "persons" else ""
    if measure.family == "attendances" and kept.family == "persons":
        return f"{indicator}_attendances" if f"{indicator}_attendances" in known else ""
    if measure.dimension == "share" and kept.dimension in ("count", "money"):
        suffix = "growth" if case.status == "change" else "share"
        code = f"{indicator}_{suffix}"
        if suffix == "share" and not words.endswith(_SHARE_WORDS):
            return ""
        return code if code in known else ""
    return ""


def changed(indicator: str, case: Case) -> str:
    """The indicator that a change of this one is, where its unit is the same."""
    if case.status == "change" and case.measure.dimension in ("count", "money", "price"):
        code = f"{indicator}_change"
        return code if code in case.context.reference.indicators else ""
    return indicator
