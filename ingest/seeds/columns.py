"""Rules that the YAML of a seed states: types, lists, patterns, references, keys."""

from collections.abc import Iterator, Mapping, Sequence

from ingest.seeds.fault import Fault
from ingest.seeds.schema import Column, SeedSchema
from ingest.seeds.table import Table, day, number, whole

Tables = Mapping[str, Table]
Verdict = tuple[str, Mapping[str, object]]

RULES = (
    "required",
    "wrong_type",
    "too_many_digits",
    "not_in_list",
    "pattern",
    "too_long",
    "unknown_code",
    "duplicate_key",
)

INTEGER_BITS = {"integer": 31, "bigint": 63}


def column_faults(schema: SeedSchema, table: Table, tables: Tables) -> Iterator[Fault]:
    """Faults of the values of one seed, each column for itself; then of its key."""
    for column in schema.columns:
        yield from _faults_of(column, table, tables)
    yield from _duplicate_keys(schema, table)


def _faults_of(column: Column, table: Table, tables: Tables) -> Iterator[Fault]:
    values = table.columns[column.name]
    # A column repeats few values: judge each value once, look for its rows only if it is wrong.
    known = _known_codes(column, tables)
    wrong = {value: verdict for value in set(values) if (verdict := _judge(column, value, known))}
    if wrong:
        for line, value in zip(table.lines, values, strict=True):
            if value in wrong:
                rule, more = wrong[value]
                fields = {"column": column.name, "value": value, **more}
                yield Fault(rule, table.file, line, fields)


def _judge(column: Column, value: str, known: frozenset[str] | None) -> Verdict | None:
    if not value:
        return ("required", {}) if column.required else None
    for judge in (_type, _list, _pattern, _length):
        if verdict := judge(column, value):
            return verdict
    if known is not None and column.references and value not in known:
        return "unknown_code", {"target": f"{column.references[0]}.csv"}
    return None


def _type(column: Column, value: str) -> Verdict | None:
    wrong = ("wrong_type", {"type": column.type})
    if column.type in INTEGER_BITS:
        integer = whole(value)
        if integer is None or str(integer) != value or abs(integer) >> INTEGER_BITS[column.type]:
            return wrong
    elif column.digits:
        return _decimal(column.digits, value) if _is_plain(value) else wrong
    elif column.type == "date":
        return None if day(value) else wrong
    elif column.type == "boolean":
        return None if value in ("true", "false") else wrong
    return None


def _is_plain(value: str) -> bool:
    """Whether a text is a decimal without exponent, sign of plus, spaces or separators."""
    allowed = set("0123456789.")
    return number(value) is not None and set(value.removeprefix("-")) <= allowed


def _decimal(digits: tuple[int, int], value: str) -> Verdict | None:
    before, after = digits
    integer, _, fraction = value.removeprefix("-").partition(".")
    if len(integer.lstrip("0")) > before or len(fraction.rstrip("0")) > after:
        return "too_many_digits", {"before": before, "after": after}
    return None


def _list(column: Column, value: str) -> Verdict | None:
    if column.values and value not in column.values:
        return "not_in_list", {"values": ", ".join(sorted(column.values))}
    return None


def _pattern(column: Column, value: str) -> Verdict | None:
    if column.pattern and not column.pattern.fullmatch(value):
        return "pattern", {"pattern": column.pattern.pattern}
    return None


def _length(column: Column, value: str) -> Verdict | None:
    if column.max_length is not None and len(value) > column.max_length:
        return "too_long", {"length": len(value), "max_length": column.max_length}
    return None


def _known_codes(column: Column, tables: Tables) -> frozenset[str] | None:
    """Values that the column may refer to; None where it refers to nothing that was read."""
    if column.references is None or column.references[0] not in tables:
        return None
    seed, name = column.references
    return frozenset(tables[seed].columns[name])


def _duplicate_keys(schema: SeedSchema, table: Table) -> Iterator[Fault]:
    if not schema.key:
        return
    seen: dict[Sequence[str], int] = {}
    for line, key in table.rows(*schema.key):
        first = seen.setdefault(key, line)
        if first != line:
            named = ", ".join(
                f"{name} {value!r}" for name, value in zip(schema.key, key, strict=True)
            )
            yield Fault("duplicate_key", table.file, line, {"key": named, "first": first})
