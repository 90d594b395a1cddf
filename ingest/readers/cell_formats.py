"""What a spreadsheet's cell shows: its value under its number format (ECMA-376, part 1, 18.8.30).

Percentages, decimals, thousands, literal text and dates are followed; colours, conditions,
fractions and exponents are not, there the plain value is shown.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final

Value = int | float | str | bool | time | date | datetime | timedelta

# Formats that a workbook names by number only; 14 and those from 27 on as Chinese Excel shows them.
BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    17: "mmm-yy",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    31: 'yyyy"年"m"月"d"日"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<number>[0#?][0#?,.]*|\.[0#?]+)'
    r"|(?P<other>.)",
    re.S,
)
_DATE_TOKEN: Final = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(yyyy|yy|mm|m|dd|d)|([^;@])', re.I)
_SECTIONS: Final = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_PLAIN_PART: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_EPOCH: Final = datetime(1899, 12, 30)


def shown(value: Value, code: str) -> str:
    """The text that a cell with `value` and the format `code` shows ('' or General: as it is)."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value
        case int() | float():
            if not code:
                return _plain(value)
            if is_date_format(code):
                return _shown_date(_EPOCH + timedelta(days=float(value)), code)
            return _shown_number(value, code)
        case date():
            return _shown_date(value, code)
        case _:
            return str(value)


@cache
def is_date_format(code: str) -> bool:
    """Whether `code` shows a day, month or year."""
    return bool(re.search(r"[ymd]", _PLAIN_PART.sub("", code), re.I)) and "General" not in code


def _plain(value: int | float) -> str:
    """Up to fifteen digits, no exponent, no .0: 5120, 51.91, 0.3 for the sum 0.1 + 0.2."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")


def _shown_number(value: int | float, code: str) -> str:
    sections = _SECTIONS.split(code)
    negative = value < 0 and len(sections) > 1
    section = sections[1] if negative else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
    bare = _PLAIN_PART.sub("", section)
    if re.search(r"[E/@]|General", bare) or not section:
        return _plain(value)
    number = Decimal(format(abs(value) if negative else value, ".15g"))
    number *= 100 ** bare.count("%")
    parts: list[str] = []
    placed = False
    for token in _TOKEN.finditer(section):
        if token["number"] and not placed:
            parts.append(_digits(number, token["number"]))
            placed = True
        else:
            parts.append(token["quoted"] or token["escaped"] or token["other"] or "")
    return "".join(parts).strip()


def _digits(number: Decimal, places: str) -> str:
    scaled = places.rstrip(",")
    number = number.scaleb(-3 * (len(places) - len(scaled)))
    whole, _, fraction = scaled.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole else "f")
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    integer, point, decimals = text.partition(".")
    sign = "-" if integer.startswith("-") else ""
    integer = sign + integer.removeprefix("-").rjust(whole.count("0"), "0")
    return f"{integer}{point}{decimals}".rstrip(".")


def _shown_date(value: date, code: str) -> str:
    """By year, month and day of the format; a format with hours shows the plain date and time."""
    plain = _PLAIN_PART.sub("", code).lower()
    moment = value if isinstance(value, datetime) else None
    if re.search(r"[hs]|mmm", plain) or not is_date_format(code):
        if moment and (moment.hour or moment.minute or moment.second):
            return moment.isoformat(" ", "minutes")
        return date(value.year, value.month, value.day).isoformat()
    shapes = {
        "yyyy": f"{value.year:04}",
        "yy": f"{value.year % 100:02}",
        "mm": f"{value.month:02}",
        "m": f"{value.month}",
        "dd": f"{value.day:02}",
        "d": f"{value.day}",
    }
    parts = (
        shapes[token[3].lower()] if token[3] else token[1] or token[2] or token[4] or ""
        for token in _DATE_TOKEN.finditer(code)
    )
    return "".join(parts).strip()
