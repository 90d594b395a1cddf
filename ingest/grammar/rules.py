"""Rules: what a string of signs states, as the rows of rules.csv say.

A pattern runs over the signs of a figure's own clause without those that carry nothing (w).
{context} stands for place and time in front, {subject} for the words that name what is counted.
"""

import re
from functools import cache
from typing import Final

from ingest.grammar.tables import rows

_GROUPS: Final = {"context": "(?:d?P|[TGLMN])*", "subject": "[SOAHDK]*"}


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for row in rows("rules.csv"):
        text = row["pattern"].format(**_GROUPS).replace(" ", "")
        found.append((row["effect"], re.compile(text)))
    return tuple(found)


@cache
def effect_of(code: str) -> str:
    """The effect of the first rule that accounts for all signs; empty where none does."""
    return next((effect for effect, rule in _compiled() if rule.fullmatch(code)), "")
