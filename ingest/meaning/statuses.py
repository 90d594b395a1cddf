"""Whether a figure tells what is, what changed, or what is laid down."""

from typing import Final

from ingest.meaning.context import Context
from ingest.meaning.events import Events, Word, past_brackets
from ingest.meaning.lexicon import grammar
from ingest.meaning.measures import Measure
from ingest.meaning.sentences import behind_last
from ingest.meaning.times import Topic

_SET: Final = frozenset({"target", "planned", "norm"})
_SPRING: Final = 3
_PRICES: Final = ("price",)
_RULES: Final = frozenset(grammar("rule"))
_YARDSTICKS: Final = grammar("yardstick")
_NO_PLAN: Final = grammar("no_plan")
_PLANS_A_FLOW: Final = grammar("plans_a_flow")
_BOUNDS: Final = frozenset({"at_most", "at_least", "less_than", "more_than"})
_stop: Final = behind_last("；;")
_led_from: Final = behind_last("；。")
_clause: Final = behind_last("，；：")


def status_of(
    events: Events,
    figure: int,
    measure: Measure,
    qualifier: str,
    named: list[Topic],
    context: Context,
) -> str:
    """actual, change, target, planned, norm or price_cap."""
    window, at = events.window(figure)
    start = past_brackets(events.sentence.clean, window, at)
    stop = _stop(events.sentence.clean, at)
    cues = [word for word in events.cues if word.start < at]
    near = [word for word in cues if word.start >= start]
    mode = _mode(events, [word for word in cues if word.start >= stop], near, named, at, context)
    if measure.dimension == "ratio" and mode in _SET and not _is_due(named, context):
        is_rule = qualifier in _BOUNDS or any(word.meaning == "norm" for word in cues)
        return "norm" if is_rule else mode
    is_capped = measure.dimension == "money" and (_caps(cues, qualifier) or _limits(near))
    if measure.dimension in _PRICES or is_capped:
        return _of_price(cues, qualifier, mode)
    if _is_change(near, measure, events, at):
        return "change" if mode == "actual" else mode
    if mode == "norm" and qualifier not in _BOUNDS and not _lays_down(near):
        return "actual" if context.document_mode == "actual" else "norm"
    return mode


def is_compared(events: Events, figure: int, measure: Measure, status: str) -> bool:
    """Whether a figure that is planned or aimed at tells by how much more than the year before."""
    window, at = events.window(figure)
    start = past_brackets(events.sentence.clean, window, at)
    near = [word for word in events.cues if start <= word.start < at]
    if any(word.meaning == "base" for word in near):
        return _is_change(near, measure, events, at)
    adds = bool(near) and near[-1].meaning in ("grow", "change") and near[-1].end == at
    return adds and status != "norm" and "生均" in events.sentence.clean[start:at]


def _is_due(named: list[Topic], context: Context) -> bool:
    """Whether the sentence or its paragraph names a year to be reached."""
    when = context.when
    ahead = when is not None and when.last_year > context.header.published_on.year
    return ahead or any(one.is_due for one in named)


def _caps(cues: list[Word], qualifier: str) -> bool:
    return qualifier == "at_most" and any(word.meaning == "cap" for word in cues)


def _limits(near: list[Word]) -> bool:
    return any(word.meaning == "cap" and word.words.endswith("价") for word in near)


def _of_price(cues: list[Word], qualifier: str, mode: str) -> str:
    if any(word.meaning == "cap" for word in cues) or qualifier == "at_most":
        return "price_cap"
    return "norm" if mode in ("actual", "norm") else mode


def _lays_down(near: list[Word]) -> bool:
    return any(word.meaning == "norm" for word in near)


def _is_change(near: list[Word], measure: Measure, events: Events, at: int) -> bool:
    if measure.dimension == "points":
        return not _is_gap(events, at)
    last = [word for word in near if word.meaning in ("change", "grow", "level", "share")]
    if not last or last[-1].meaning in ("level", "share"):
        return False
    if last[-1].meaning == "change":
        return True
    compared = any(word.meaning in ("base", "compare") for word in near) or _leads_in(events, at)
    return compared or (last[-1].end == at and measure.dimension == "share")


def _leads_in(events: Events, at: int) -> bool:
    """Whether 与上年相比 has opened a clause in front: all that follows up to ； is compared."""
    clean = events.sentence.clean
    stop = _led_from(clean, at)
    return any(
        word.meaning == "base" and word.words.endswith("相比") and stop <= word.start < at
        for word in events.words
    )


def _is_gap(events: Events, at: int) -> bool:
    """Whether 高出全国平均水平1.4个百分点 compares places, not times."""
    clean = events.sentence.clean
    clause = _clause(clean, at)
    return any(word in clean[clause:at] for word in _YARDSTICKS)


def _mode(
    events: Events,
    cues: list[Word],
    near: list[Word],
    named: list[Topic],
    at: int,
    context: Context,
) -> str:
    """Whether the sentence tells or lays down; the words next to the figure come first."""
    told = context.section_mode() == "actual" and not any(
        one.when.last_year > context.header.published_on.year for one in named
    )
    if cued := _cued(cues, near, events.sentence.clean, is_told=told):
        return cued
    due = [one for one in named if one.at < at and not one.is_compared]
    year = context.header.published_on.year
    if due and (due[-1].when.last_year > year or _lies_beyond(due[-1], context)):
        return "target"
    if due and due[-1].is_due and not due[-1].is_stock and due[-1].when.last_year >= year:
        if context.mode() != "actual":
            return "target"
    if due and due[-1].when.last_year < year:
        return "actual"
    if any(word.meaning == "norm" for word in near) and _is_bounded(events, near):
        return "norm"
    return _of_section(near, context)


def _lies_beyond(topic: Topic, context: Context) -> bool:
    """Whether a day to be reached lies behind the day of the document: 到2020年末 in July."""
    day = context.header.published_on.isoformat()
    return topic.is_due and len(topic.when.code) == len(day) and topic.when.code > day


def _cued(cues: list[Word], near: list[Word], clean: str, *, is_told: bool) -> str:
    """What the last cue says: one next to the figure, else 力争 and 确保 earlier on."""
    for word in reversed(near):
        if word.meaning == "planned" and clean.startswith(_NO_PLAN, word.start):
            continue
        if word.meaning == "actual" or (word.meaning in ("target", "planned") and not is_told):
            return word.meaning
        if word.meaning == "planned" and clean.startswith(_PLANS_A_FLOW, word.start):
            return word.meaning
    aimed = any(word.meaning == "target" for word in cues)
    return "target" if aimed and not is_told else ""


def _is_bounded(events: Events, near: list[Word]) -> bool:
    return any(word.words in _RULES for word in near)


def _of_section(near: list[Word], context: Context) -> str:
    mode = context.mode()
    if not context.section_mode() and _lies_ahead(context):
        return "planned"
    if mode == "norm":
        return "norm"
    if mode != "actual" and any(word.meaning == "norm" for word in near):
        return "norm"
    return mode


def _lies_ahead(context: Context) -> bool:
    """Whether a report from early in a year speaks of that year: it tells its plans."""
    published = context.header.published_on
    if context.header.document_type != "report" or published.month > _SPRING:
        return False
    when = context.when or next((one.when for one in context.inherited() if one.when), None)
    return when is not None and when.first_year >= published.year
