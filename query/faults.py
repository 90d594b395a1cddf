"""What can be wrong with a question to the warehouse."""

from collections.abc import Iterable
from difflib import get_close_matches

from project.errors import UsageFault
from project.language import say


class QueryFault(UsageFault):
    """A question that was refused, or that names what the file does not hold."""


def nearest(word: str, words: Iterable[str], most: int = 3) -> list[str]:
    """The words most like a given one: those that hold it, then those written much like it."""
    known = list(dict.fromkeys(words))
    holding = [name for name in known if word and word.lower() in name.lower()]
    alike = get_close_matches(word.lower(), known, n=most, cutoff=0.5)
    return list(dict.fromkeys([*alike, *sorted(holding, key=len)]))[:most]


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A clause that offers the nearest names, empty where none is near."""
    names = nearest(word, words)
    return say("query.did_you_mean", names=say("query.comma").join(names)) if names else ""
