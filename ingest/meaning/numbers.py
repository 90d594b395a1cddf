"""What the words around a figure add to its number: a bound, a unit, so many a year."""

from collections.abc import Sequence
from typing import Final

from ingest.meaning.context import Context
from ingest.meaning.events import Events
from ingest.meaning.lexicon import grammar
from ingest.meaning.measures import Measure
from ingest.meaning.sentences import behind_last
from ingest.meaning.stated import Subject
from ingest.meaning.wording import residual_of
from ingest.quantities import Mention

_BOUNDS: Final = frozenset({"at_least", "at_most", "more_than", "less_than"})
_BEHIND: Final = ("以上", "以下", "以内", "及以上", "及以下")
_EACH: Final = grammar("respectively")
_YEARLY: Final = frozenset({"target", "planned", "norm"})
_AVERAGES: Final = {"年生均": "生·年", "生均每年": "生·年", "人均每月": "人·月", "月人均": "人·月"}
_LONGEST_STEP: Final = 12
_SUMS: Final = ("元", "万元", "元/月", "元/年", "万元/年")
_PER_THOUSAND: Final = "千人"
_PER_PUPIL: Final = "/生·"
_floor: Final = behind_last("；，。")
_clause: Final = behind_last("，；：。")


def capped(events: Events, at: int, mention: Mention, status: str) -> Mention:
    """Under 最高标准如下 every price is the most that may be asked."""
    reading = mention.reading
    if status != "price_cap" or reading.qualifier != "exact":
        return mention
    clean = events.sentence.clean
    if "最高" not in clean[: events.sentence.figures[at].at]:
        return mention
    return mention._replace(reading=reading._replace(low=None, qualifier="at_most"))


def priced(events: Events, at: int, context: Context) -> Mention:
    """由每生每年500元提高到600元: the second price is for each pupil and year as well."""
    mention = events.sentence.figures[at].mention
    if "元" not in mention.reading.unit_code:
        return mention
    if mention.unit_code in _SUMS and (spoken := _averaged(events, at)):
        code = f"{mention.unit_code.partition('/')[0]}/{spoken}"
        return mention._replace(reading=mention.reading._replace(unit_code=code))
    if not at or not context.heads or mention.unit_code != "元":
        return mention
    unit = context.heads[-1].unit_code
    if not unit.startswith("元/") or not _goes_on(events, at, context):
        return mention
    return mention._replace(reading=mention.reading._replace(unit_code=unit))


def _goes_on(events: Events, at: int, context: Context) -> bool:
    """Whether a sum of money is a price like the last: the other end of it, its change, or the
    next of a notice's scale (一级园每生每月850元，二级园700元)."""
    start, end = events.window(at)
    joins = start == events.sentence.figures[at - 1].at + 1
    if joins and not residual_of(events, start, end):
        return True
    near = [word for word in events.words if start <= word.start < end]
    if any(word.meaning in ("change", "grow") for word in near):
        return True
    spends = any(word.category == "head" or word.meaning == "flow" for word in near)
    return context.document_mode == "norm" and not spends and end - start <= _LONGEST_STEP


def _averaged(events: Events, at: int) -> str:
    """What 年生均 and the like divide a sum of money by: 生·年."""
    start, end = events.window(at)
    words = events.sentence.clean[start:end]
    return next((per for word, per in _AVERAGES.items() if word in words), "")


def bounded(mention: Mention, events: Events, run: Sequence[int]) -> Mention:
    """The bound of a list is that of all its members: 分别控制在45人、50人以内."""
    if not run or mention.qualifier != "exact" or not _is_shared(events, run[0]):
        return mention
    figures = events.sentence.figures
    clean, last = events.sentence.clean, figures[run[-1]]
    behind = clean[last.at + 1 : last.at + 4].startswith(_BEHIND)
    first = figures[run[0]].mention.qualifier
    bound = last.mention.qualifier if behind else first
    if bound not in _BOUNDS:
        return mention
    low = mention.value if bound in ("at_least", "more_than") else None
    high = mention.value if bound in ("at_most", "less_than") else None
    reading = mention.reading._replace(low=low, high=high, qualifier=bound)
    return mention._replace(reading=reading)


def _is_shared(events: Events, first: int) -> bool:
    clean, at = events.sentence.clean, events.sentence.figures[first].at
    floor = _floor(clean, at)
    return any(word in clean[floor:at] for word in _EACH)


def unit_of(subject: Subject, unit: str, measure: Measure, context: Context) -> str:
    """The unit with what the wording says of it: a bare count takes that of its indicator, and
    生均 says that a price is one for each pupil."""
    kept = context.reference.indicators.get(subject.indicator)
    if kept is None:
        return unit
    if not unit and kept.measure.dimension == measure.dimension == "count":
        return kept.unit_code
    if unit and kept.unit_code.partition("/")[::2] == (unit, _PER_THOUSAND):
        return kept.unit_code
    currency, _, denominator = kept.unit_code.partition(_PER_PUPIL)
    if denominator and unit in (currency, f"{currency}/{denominator}"):
        return kept.unit_code
    return unit


def yearly_unit(events: Events, at: int, mention: Mention, status: str) -> str:
    """The unit; a count that a plan wants every year is a count a year."""
    unit = mention.unit_code
    if status not in _YEARLY or "/" in unit or not unit or mention.reading.kind != "count":
        return unit
    clean = events.sentence.clean
    end = events.sentence.figures[at].at
    start = _clause(clean, end)
    return f"{unit}/年" if "每年" in clean[start:end] else unit
