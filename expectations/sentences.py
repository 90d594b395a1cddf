"""What is said of a verdict: the sentence of each rule, in the chosen language or in both."""

from collections.abc import Iterator
from contextlib import contextmanager

from expectations.verdict import Result
from project.language import Language, language, say, set_language


def sentence(result: Result) -> str:
    """What must hold, in the chosen language."""
    return say(f"expectations.{result.name}")


def in_language(chosen: Language, key: str, **fields: object) -> str:
    """A message in one language, whichever is chosen for the process."""
    with _speaking(chosen):
        return say(key, **fields)


@contextmanager
def _speaking(chosen: Language) -> Iterator[None]:
    before = language()
    set_language(chosen)
    try:
        yield
    finally:
        set_language(before)
