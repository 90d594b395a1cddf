"""Recognises the numbers of Chinese official prose: where they stand and what they say.

>>> [mention.printed for mention in find("新增学位1.2万个，覆盖率超过90%")]
['1.2万个', '90%']
"""

from ingest.quantities.intervals import bounds
from ingest.quantities.mentions import find
from ingest.quantities.numerals import read_number, to_chinese
from ingest.quantities.periods import PeriodMention, find_periods
from ingest.quantities.readings import FORMS, REASONS, Mention, Reading, interval

__all__ = [
    "FORMS",
    "REASONS",
    "Mention",
    "PeriodMention",
    "Reading",
    "bounds",
    "find",
    "find_periods",
    "interval",
    "read_number",
    "to_chinese",
]
