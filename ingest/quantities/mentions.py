"""Mentions: the one pass that finds every number of a text and reads it.

One compiled expression stops at every digit and Chinese numeral and takes the number with its
multiplier and unit; what stands around it decides what it is. Every digit of the text lies in
exactly one mention; a Chinese numeral makes one only where a unit or its company shows a number.
The time is linear in the length of the text: each look around is bounded.
"""

import re

from ingest.quantities import arabic, chinese, names, qualifiers
from ingest.quantities.dates import GAP
from ingest.quantities.links import is_bare, link
from ingest.quantities.misprints import as_printed, repaired
from ingest.quantities.numerals import CHINESE_DIGITS, CHINESE_POWERS, DIGITS, FORMAL, LONGEST
from ingest.quantities.pages import mark_pages
from ingest.quantities.readings import Mention
from ingest.quantities.units import MULTIPLIER, PER, UNIT

_D = f"[{DIGITS}]"
_RUN = f"[{CHINESE_DIGITS}{CHINESE_POWERS}几幾]"
_ONES = "一二三四五六七八九"
_MARKS = chinese.INDEX_MARKS
_DECIMAL_UNIT = rf"{GAP}(?:[%％‰万亿]|个?百分点|元|倍|平方|公里|公顷|亩|吨)"
_BLANK = "[ \u00a0\u2009\u202f]"
# 702 134人 marks its thousands by blanks; in a row of a table blanks part numbers.
_BLANKED = (
    rf"(?:(?<=[^\s{DIGITS}]{_D})|(?<=[\u4e00-\u9fff，；：（]\s{_D})){_D}{{0,2}}(?:{_BLANK}{_D}{{3}}){{1,3}}(?!{_BLANK}?{_D})"
    rf"(?={GAP}(?:{MULTIPLIER})?{UNIT})"
)
# 13万2千人 and 13万2.
_SPOKEN = rf"{_D}{{0,3}}万{_D}(?!千元)千?(?![{DIGITS}.．万亿瓦米克])"
_ARABIC = (
    rf"(?:{_BLANKED}|{_SPOKEN}|{_D}{{0,2}}(?:[,，]{_D}{{3}}){{1,9}}(?!{_D})|{_D}*+)"
    # 1.2024年 is an index in front of a year; 6。5% has lost its decimal point to a copyist.
    rf"(?:[.．](?!(?:19|20){_D}{{2}}{GAP}年){_D}++|[。点]{_D}{{1,4}}(?={_DECIMAL_UNIT}))?"
)
_NUMERATOR = rf"(?:{_RUN}{{1,12}}+(?:[点點]{_RUN}{{1,12}}+)?|{_D}{{1,9}}+(?:[.．]{_D}{{1,6}}+)?)"
_CHINESE = (
    rf"(?<=[{_ONES}])成(?:[{_ONES}]|半)?(?![立为功果效绩员长熟本套人型就活片份交分都渝品])|(?<=一)半"
    rf"|(?<=[零])[点點]{_RUN}{{1,12}}+"
    rf"|(?<![零双]){_RUN}{{0,{2 * LONGEST}}}+(?:[点點]{_RUN}{{1,12}}+)?(?:分之{_NUMERATOR})?"
)
_NUMBER = (
    rf"[{DIGITS}{CHINESE_DIGITS}{CHINESE_POWERS}几幾双{FORMAL}{_MARKS}](?:"
    rf"(?<={_D}){_ARABIC}"
    rf"|(?<=[{CHINESE_DIGITS}{CHINESE_POWERS}几幾双])"
    rf"(?:{names.WORD}(?P<word>)|{names.NAME}(?P<name>)|{_CHINESE})"
    rf"|(?<=[{FORMAL}])[{FORMAL}零十百千万亿]{{1,{LONGEST}}}|(?<=[{_MARKS}]))"
)
_BETWEEN = rf"{qualifiers.BETWEEN}(?!元化|样|功能|媒|边|层次|自|源|额)"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})(?:{GAP}(?P<near>{_BETWEEN}))?(?:{GAP}(?P<scale>{MULTIPLIER}))?"
    rf"(?P<behind>{_BETWEEN})?(?:{GAP}(?P<unit>{UNIT})(?P<per>{PER})?)?"
)
_DIGITS = frozenset("0123456789０１２３４５６７８９")


def find(text: str) -> list[Mention]:
    """Every number of a text, in order, with what it says; spans never overlap.

    Every ASCII and full-width digit lies in exactly one mention. Words that only look like
    numbers (进一步, 统一, 一些) make none. Never raises, whatever the text.
    """
    printed, text = text, repaired(text)
    found: list[Mention] = []
    search = _TOKEN.search
    position = floor = 0
    is_loose = False
    while token := search(text, position):
        if token["word"] is not None:
            position = token.end(1)
            continue
        read = arabic.read if text[token.start()] in _DIGITS else chinese.read
        new = read(text, token, floor)
        if new is None:
            position = token.end(1)
            continue
        if found:
            joined = link(text, found, new)
            if joined is not None:
                found.pop()
                new = joined
            elif is_loose and is_bare(found[-1]):
                found.pop()
        found.append(new)
        # A Chinese numeral without a unit counts only where a neighbour lends it one.
        is_loose = is_bare(new) and _DIGITS.isdisjoint(new.printed)
        position = floor = new.char_end
    if is_loose:
        found.pop()
    mark_pages(text, found)
    as_printed(printed, text, found)
    return found
