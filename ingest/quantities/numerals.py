"""Numerals: Arabic, full-width, Chinese and mixed writings of a number, and back to Chinese.

A `Number` keeps what was printed: the trailing 万 or 亿 is not multiplied in, because the printed
unit carries it (三万人 counts 3 in 万人), and the exponent of its Decimal is the last printed
digit. Vague numerals (几十, 三五, 十几) have no value but a lowest and a highest one.
"""

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

DIGITS = "0-9０-９"
CHINESE_DIGITS = "〇○零一二两兩三四五六七八九"
CHINESE_POWERS = "十百千万亿萬億廿卅"
# 大陆 and 队伍 are words: formal numerals count only where two or more stand together.
FORMAL = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億"
LONGEST = 30
"""Longer runs of digits are identifiers, never numbers: it bounds the cost of hostile texts."""

SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "万亿": 12, "亿亿": 16}
"""Power of ten of a multiplier."""

_PLAIN = str.maketrans(
    "－−０１２３４５６７８９．。点點○零两兩萬億幾壹贰貳叁參肆伍陆陸柒捌玖拾佰仟",
    "--0123456789....〇〇二二万亿几一二二三三四五六六七八九十百千",
    ",， \u00a0\u2009\u202f\u3000",
)
_ONE_TO_NINE = "一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate("〇" + _ONE_TO_NINE)}
_SHARES = {"百": "%", "千": "‰", "万": "‱"}
_NEIGHBOURS = {"".join(pair) for pair in pairwise(_ONE_TO_NINE)} | {"三五"}
_D = f"[{_ONE_TO_NINE}]"
_SECTION = re.compile(rf"〇?(?:({_D}?)千)?〇?(?:({_D}?)百)?〇?(?:({_D}?)十)?〇?({_D})?")
_VAGUE = re.compile(rf"({_D}?十)?([几数]|{_D}{{2}})([十百千]?[万亿]?)")
_SPOKEN = re.compile("([0-9]+)万([0-9])千?")
_TENTHS = re.compile(rf"({_D})成(?:({_D})|(半))?")


class Number(NamedTuple):
    """A number as printed.

    value: None for a vague one. low, high: ends of a vague one, else None.
    scale: the trailing multiplier that belongs to the unit: '', '万', '亿' or '万亿'.
    share: '%', '‰' or '‱' for 百分之, 千分之, 万分之; '/' for another fraction; '成' for tenths.
    """

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    scale: str = ""
    share: str = ""


@lru_cache(maxsize=1 << 16)
def read_number(printed: str) -> Number | None:
    """The number that a numeral states; None where it is no well-formed numeral.

    printed: digits with separators and decimal point, or Chinese numerals with 点, 分之 or 成.
    """
    plain = printed.translate(_PLAIN)
    if spoken := _SPOKEN.fullmatch(plain):
        return Number(Decimal(int(spoken[1]) * 10_000 + int(spoken[2]) * 1000))
    if plain[:1] in _VALUES or not plain.isascii():
        return _read_chinese(plain) if len(plain) <= 2 * LONGEST else None
    whole, point, decimals = plain.removeprefix("-").partition(".")
    if not (whole + decimals).isdigit() or len(plain) > LONGEST or (point and not decimals):
        return None
    return Number(Decimal(plain))


def _read_chinese(plain: str) -> Number | None:
    denominator, found, numerator = plain.partition("分之")
    if found:
        return _read_fraction(denominator, numerator)
    if plain == "一半":
        return Number(Decimal("0.5"), share="/")
    if tenths := _TENTHS.fullmatch(plain):
        last = "5" if tenths[3] else _positional(tenths[2] or "")
        return Number(Decimal(f"{_VALUES[tenths[1]]}.{last}"), share="成")
    if (vague := _VAGUE.fullmatch(plain)) and (vague[2] in "几数" or vague[2] in _NEIGHBOURS):
        return _read_vague(*vague.groups(""))
    coefficient = plain.rstrip("万亿")
    scale = plain[len(coefficient) :]
    if "." in coefficient:
        whole, _, decimals = coefficient.partition(".")
        units = _integer(whole)
        is_wrong = not decimals or not set(decimals) <= _VALUES.keys()
        if units is None or scale not in SCALES or is_wrong:
            return None
        return Number(Decimal(f"{units}.{_positional(decimals)}"), scale=scale)
    value = _integer(plain)
    if value is None or scale not in SCALES:
        return None
    return Number(Decimal(value // 10 ** SCALES[scale]), scale=scale)


def _read_vague(prefix: str, core: str, powers: str) -> Number:
    """几十 is 20 to 100, 十几 is 11 to 19, 三五 is 3 to 5, 十七八 is 17 to 18."""
    scale = powers.lstrip("十百千")
    factor = 10 ** SCALES[powers.removesuffix(scale)]
    base = 10 * _VALUES.get(prefix[:1], 1) if prefix else 0
    if core not in "几数":
        low, high = _VALUES[core[0]], _VALUES[core[1]]
    elif prefix:
        low, high = 1, 9
    else:
        low, high = 2, 10 if powers else 9
    return Number(None, Decimal(base + low * factor), Decimal(base + high * factor), scale)


def _read_fraction(denominator: str, numerator: str) -> Number | None:
    below, above = _integer(denominator), read_number(numerator) if numerator else None
    if not below or above is None or above.scale or above.share:
        return None
    if share := _SHARES.get(denominator):
        return above._replace(share=share)
    if above.value is None:
        return None
    return Number((above.value / below).quantize(Decimal("0.000001")), share="/")


def _positional(plain: str) -> str:
    return "".join(str(_VALUES[digit]) for digit in plain)


def _integer(plain: str) -> int | None:
    """Value of a Chinese integer; None where its numerals do not follow the rules."""
    plain = plain.replace("廿", "二十").replace("卅", "三十")
    if plain and _VALUES.keys() >= set(plain):
        whole = len(plain) == 1 or len(plain) > 3 or "〇" in plain[1:]
        return int(_positional(plain)) if whole else None
    total, rest = 0, plain
    for name, power in (("亿", 10**8), ("万", 10**4)):
        high, found, rest = rest.rpartition(name)
        if found:
            part = _integer(high) if high and name == "亿" else _section(high or "一")
            if part is None:
                return None
            total += part * power
            if rest in _VALUES and rest != "〇":  # 一万二 is 12000, while 一万零二 is 10002
                return total + _VALUES[rest] * power // 10
    last = _section(rest)
    return None if last is None or not plain else total + last


def _section(plain: str) -> int | None:
    """Value of a numeral below ten thousand; 三百五 is 350, while 三百零五 is 305."""
    found = _SECTION.fullmatch(plain)
    if not found:
        return None
    total = 0
    for digit, power in zip(found.groups(), (1000, 100, 10, 1), strict=True):
        if digit is not None:
            total += _VALUES.get(digit, 1) * power
    if found[4] and plain[-2:-1] in ("千", "百"):
        total += _VALUES[found[4]] * (10 ** (SCALES[plain[-2]] - 1) - 1)
    return total


def to_chinese(number: int) -> str:
    """The Chinese numeral of an integer from 0 up to, not including, ten to the sixteenth."""
    if not 0 <= number < 10**16:
        raise ValueError(f"{number} is outside 0 to 10**16 - 1")
    high, low = divmod(number, 10**8)
    written = to_chinese(high) + "亿" if high else ""
    for part, name in zip(divmod(low, 10**4), ("万", ""), strict=True):
        for power, letter in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = part // power % 10
            if digit:
                written += _ONE_TO_NINE[digit - 1] + letter
            elif written and not written.endswith("零"):
                written += "零"
        if part:
            written = written.rstrip("零") + name
    return written.rstrip("零") or "零"
