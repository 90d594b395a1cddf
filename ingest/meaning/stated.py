"""What a wording states: the indicator that it makes of a unit and a status, and its sector."""

from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from ingest.meaning.candidates import Case, Found, changed, derived, is_per_pupil
from ingest.meaning.events import Events
from ingest.meaning.lexicon import compositions, grammar, pattern, plain, vocabulary, word_pattern
from ingest.meaning.measures import agree
from ingest.meaning.sentences import DELIMITERS, FIGURE, behind_last

_SECTOR_REACH: Final = 10
_clause: Final = behind_last("，；：")
_outer: Final = behind_last("，,；;。：:\n")
_ACQUIRED: Final = pattern(grammar("acquire"))
_TAKEN: Final = pattern(grammar("takes"))


class Subject(NamedTuple):
    """What a figure states; strength names the evidence, for the confidence."""

    indicator: str
    sector: str
    subject_zh: str
    strength: str


def subject_from(found: Found, events: Events, start: int, case: Case) -> Subject:
    built = _built(found, events, max(found.start, start))
    if built is not None:
        found = found._replace(indicator=built) if built else found
    if built == "":
        return Subject("", "total", found.words, "unknown")
    known = case.context.reference.indicators[found.indicator]
    if known.measure_type == "stock" and _is_acquired(events, found, start, case):
        return Subject("", "total", found.words, "unknown")
    kept = known.measure
    if agree(case.measure, kept) or is_per_pupil(found.words, known, case):
        code = changed(found.indicator, case)
    else:
        code = derived(found.indicator, found.words, case)
    sector = found.sector
    if sector == "total" and found.strength.startswith("composed"):
        sector = case.context.reference.sector_of(code)
    if sector == "total":
        sector = sector_before(events, found.start, max(start, found.start - _SECTOR_REACH))
    if sector == "total" and case.measure.dimension == "price":
        told = next((one.sector for one in case.context.inherited() if one.sector), "")
        sector = told or _sector_of_title(case.context.header.title_zh, found.words)
    return Subject(code, sector, found.words, found.strength if code else "unknown")


def _is_acquired(events: Events, found: Found, start: int, case: Case) -> bool:
    """Whether the clause says 购置 or 可容纳: what comes in or fits in is not what there is.

    Of what a general word names 抽查, 引进 and the like take only some; what has a name of its
    own can be what they make.
    """
    clean = events.sentence.clean
    at = max(found.start, start)
    first = _outer(clean, at)
    if _ACQUIRED.search(clean, first, at) is not None:
        return True
    kept = case.context.reference.indicators[found.indicator].measure
    is_general = found.strength != "alias" or kept.family == "persons"
    return is_general and _TAKEN.search(clean, first, at) is not None


@lru_cache(maxsize=1 << 10)
def _sector_of_title(title: str, words: str) -> str:
    """The sector of the schools that a notice of fees is about: 公办普通高中学费."""
    known = vocabulary()
    named = [(match, *known[match[0]]) for match in word_pattern().finditer(plain(title))]
    for (first, category, meaning), (behind, of_stage, _) in pairwise(named):
        is_joined = first.end() == behind.start() and behind[0] in words
        if category == "sector" and of_stage == "stage" and is_joined:
            return meaning
    return "total"


def sector_before(events: Events, at: int, floor: int) -> str:
    """The sector whose word stands right in front of an indicator's."""
    clean = events.sentence.clean
    for word in reversed(events.words):
        if word.category == "sector" and floor <= word.start and word.end <= at:
            between = clean[word.end : at]
            if not between or not set(between) & set(DELIMITERS + FIGURE + "、"):
                return word.meaning
    return "total"


def _built(found: Found, events: Events, at: int) -> str | None:
    """What 新建 and 改善 make of a number of schools: those built, or nothing that we know.

    None where no such verb stands in front in the same clause.
    """
    stage = stages_of_schools().get(found.indicator, "after_school")
    if stage == "after_school":
        return None
    clause = _clause(events.sentence.clean, at)
    verbs = {word.meaning for word in events.words if clause <= word.start < at}
    if "flow" in verbs:
        return compositions().get(("schools_built", stage), "")
    return "" if "improve" in verbs else None


@cache
def stages_of_schools() -> dict[str, str]:
    return {code: stage for (head, stage), code in compositions().items() if head == "schools"}
