"""What a cell of a table holds, as far as headings go: nothing, words, a year or a number."""

import re
from typing import Final

_BLANK: Final = re.compile(r"[\s\-－—–…/\\*×.·]*")
_NAMED_TIME: Final = re.compile(
    r"\s*(?:(?:19|20)\d\d\s*(?:[-—–~～至/]\s*(?:(?:19|20)?\d\d)\s*)?(?:年|学年|级|届).*"
    r"|\d{1,2}\s*(?:[-—–~～至]\s*\d{1,2}\s*)?(?:月份?|日|岁|周岁|年级|季度))\s*"
)
_YEAR_DIGITS: Final = 4
_BARE_YEAR: Final = re.compile(r"\s*(?:19|20)\d\d\s*(?:[-—–~～/]\s*(?:19|20)?\d\d\s*)?")
_DIGITS: Final = r"\d[\d,，\s]*(?:[.．]\d+)?\s*[%％]?\s*"
_NUMBER: Final = re.compile(
    r"\s*[约近≥≤<>＜＞+\-−－±¥￥$(（]*\s*"
    rf"{_DIGITS}(?:[-—–~～至:：]\s*{_DIGITS})?[)）]?\s*[^\d\s.．、]{{0,5}}\s*"
)


def kind_of_cell(printed: str) -> str:
    """blank, label, year or number: what a cell's text is, as far as headings go."""
    whole, _, decimals = printed.partition(".")
    # What most cells of a large sheet hold needs no pattern; four digits may be a year.
    if printed.isascii() and len(printed) != _YEAR_DIGITS and whole.isdigit():
        if decimals.isdigit() or len(whole) == len(printed):
            return "number"
    if _BLANK.fullmatch(printed):
        return "blank"
    if _BARE_YEAR.fullmatch(printed):
        return "year"
    if _NAMED_TIME.fullmatch(printed):
        return "label"
    return "number" if _NUMBER.fullmatch(printed) else "label"
