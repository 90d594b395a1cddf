"""What a spreadsheet's cell shows: its value under its number format (ECMA-376, part 1, 18.8.30).

Percentages, decimals, thousands, literal text, conditions and dates are followed; colours,
fractions and exponents are not, there the plain value is shown.
"""

import operator
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
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<number>[0#?][0#?,.]*|\.[0#?]+)'
    r"|(?P<other>.)",
    re.S,
)
_DATE_TOKEN: Final = re.compile(
    r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|(yyyy|yy|e+|mm|m|dd|d)|([^;@])', re.I
)
_SECTIONS: Final = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_PLAIN_PART: Final = re.compile(r'"[^"]*"|[\\!].|\[[^\]]*\]')
_QUOTED: Final = re.compile(r'"[^"]*"|[\\!].')
_DAY: Final = re.compile(r"[ymd]|e(?![+\-])", re.I)
# Eras of Japan and Taiwan, whose year e is none of the common era.
_ERA: Final = re.compile(r"\[\$[^\]]*-[^\]]*4(?:04|11)\]", re.I)
_E_YEAR: Final = re.compile(r"e+")
_CONDITION: Final = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_COMPARED: Final = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
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
    return bool(_DAY.search(_PLAIN_PART.sub("", code))) and "General" not in code


def _plain(value: int | float) -> str:
    """Up to fifteen digits, no exponent, no .0: 5120, 51.91, 0.3 for the sum 0.1 + 0.2."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")


def _shown_number(value: int | float, code: str) -> str:
    section, unsigned = _section(value, _SECTIONS.split(code))
    bare = _PLAIN_PART.sub("", section)
    if re.search(r"[E/@]|General", bare) or not section:
        return _plain(value)
    number = Decimal(format(abs(value) if unsigned else value, ".15g"))
    number *= 100 ** bare.count("%")
    tokens = list(_TOKEN.finditer(section))
    digits = iter(_digit_runs(number, [token["number"] for token in tokens if token["number"]]))
    parts = [
        next(digits)
        if token["number"]
        else token["quoted"] or token["escaped"] or token["other"] or ""
        for token in tokens
    ]
    return "".join(parts).strip()


def _section(value: int | float, sections: list[str]) -> tuple[str, bool]:
    """The section of a format that `value` falls under; whether it shows the value unsigned."""
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARED[condition[1]](value, float(condition[2])):
                return section, False
        return "", False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    negative = value < 0 and len(sections) > 1
    return sections[1] if negative else sections[0], negative


def _digit_runs(number: Decimal, runs: list[str]) -> list[str]:
    """The digits for each run of places: 0\\.0, shows 176 thousands as 17 and 6."""
    if len(runs) < 2:
        return [_digits(number, run) for run in runs]
    places = "".join(runs)
    whole = places.split(".")[0].rstrip(",")
    text = _digits(number, places)
    integer, point, decimals = text.partition(".")
    if "," in whole or "." in "".join(runs[:-1]):
        return [text] + [""] * (len(runs) - 1)
    shown_runs: list[str] = []
    for run in reversed(runs[1:]):
        width = len(run.split(".")[0].rstrip(","))
        cut = max(len(integer) - width, 0)
        shown_runs.insert(0, integer[cut:])
        integer = integer[:cut]
    shown_runs[-1] += point + decimals
    return [integer, *shown_runs]


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
    if (
        re.search(r"[hsg]|mmm", plain)
        or _ERA.search(_QUOTED.sub("", code))
        or not is_date_format(code)
    ):
        if moment and (moment.hour or moment.minute or moment.second):
            return moment.isoformat(" ", "minutes")
        return date(value.year, value.month, value.day).isoformat()
    shapes = {
        "yyyy": f"{value.year:04}",
        "yy": f"{value.year % 100:02}",
        "e": f"{value.year:04}",
        "mm": f"{value.month:02}",
        "m": f"{value.month}",
        "dd": f"{value.day:02}",
        "d": f"{value.day}",
    }
    parts = (
        shapes[_E_YEAR.sub("e", token[3].lower())]
        if token[3]
        else token[1] or token[2] or token[4] or ""
        for token in _DATE_TOKEN.finditer(code)
    )
    return "".join(parts).strip()
