"""Evidence: the fewest printed words that identify a number."""

from typing import Final

LONGEST: Final = 40
_STOPS: Final = frozenset("，,；;。：:！？!?\n\t")


def evidence_of(text: str, start: int, end: int) -> str:
    """The words around a number without spaces: back to the last stop, ahead to the next.

    A contiguous slice of the text that holds the number, spaces left out, of at most 40
    characters.
    """
    first, last = start, end
    room = LONGEST - len("".join(text[start:end].split()))
    while first > 0 and text[first - 1] not in _STOPS and room > 0:
        first -= 1
        room -= not text[first].isspace()
    if start - first < 4 or text[end : end + 1] not in _STOPS:
        while last < len(text) and text[last] not in _STOPS and room > 0 and last - end < 14:
            room -= not text[last].isspace()
            last += 1
    return "".join(text[first:last].split())[:LONGEST]
