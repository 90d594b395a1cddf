"""The rules of the seeds, as conditions in SQL: whole partitions are judged in one pass.

Names, fields and sentences of the faults are those of `ingest.seeds`; the tests break the same
rows in both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ingest.seeds.meaning import DIMENSIONS, NUMERALS, STATED, WHOLE
from ingest.seeds.schema import Column, SeedSchema

SPACE: Final = r"[\s\p{Z}]"


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a row wrong, and what a fault says of it.

    wrong: condition on a row. unless: what excuses a row, asked of wrong rows only, for it may be
    slow. fields: field of the sentence -> expression.
    """

    name: str
    wrong: str
    fields: Mapping[str, str] = field(default_factory=dict)
    unless: str = "false"


def rules_of(schema: SeedSchema) -> list[Rule]:
    """The rules of a stored table: those of its columns, then those of what its rows say."""
    own = {"documents": _documents, "figures": _figures, "non_figures": _spans}[schema.name]
    return [*(rule for column in schema.columns for rule in _column(column)), *own()]


def _column(column: Column) -> Iterator[Rule]:
    name = column.name
    shown = {"column": _text(name), "value": name}
    missing = f"{name} = ''" if column.type == "varchar" else "false"
    if column.required:
        missing = f"({name} is null or {missing})"
    yield Rule("required", missing, {"column": _text(name)})
    if column.values:
        values = sorted(column.values)
        listed = ", ".join(map(_text, values))
        fields = shown | {"values": _text(", ".join(values))}
        yield Rule("not_in_list", f"{name} not in ({listed})", fields)
    if column.pattern:
        pattern = _text(column.pattern.pattern)
        wrong = f"not regexp_full_match({name}, {pattern})"
        yield Rule("pattern", wrong, shown | {"pattern": pattern})
    if column.max_length is not None:
        fields = {"column": _text(name), "length": f"length({name})"}
        fields["max_length"] = str(column.max_length)
        yield Rule("too_long", f"length({name}) > {column.max_length}", fields)
    if column.references and column.references[0] != "documents":
        seed, key = column.references
        known = f"(select {key} from seed_{seed})"  # noqa: S608 - names of our own
        fields = shown | {"target": _text(f"{seed}.csv")}
        yield Rule("unknown_code", f"{name} not in {known}", fields)


def _documents() -> Iterator[Rule]:
    ends = {"start": "'effective_from'", "end": "'effective_to'"}
    yield Rule("date_order", "effective_to < effective_from", ends)


def _spans() -> Iterator[Rule]:
    yield Rule("half_a_span", "(char_start is null) <> (char_end is null)")
    ends = {"start": "char_start", "end": "char_end"}
    yield Rule("span_order", "char_start < 0 or char_start >= char_end", ends)
    yield Rule(
        "span_length",
        "char_start >= 0 and char_start < char_end and char_end - char_start <> length(printed)",
        {"printed": "printed", "length": "length(printed)", "span": "char_end - char_start"},
    )


def _figures() -> Iterator[Rule]:
    yield from _spans()
    yield Rule("span_of_transcribed", "provenance = 'transcribed' and char_start is not null")
    unspanned = "provenance in ('verified', 'draft') and char_start is null"
    yield Rule("span_missing", unspanned, {"provenance": "provenance"})
    yield Rule(
        "evidence",
        "char_start is not null and not contains(evidence, printed)"
        f" and not contains({_bare('evidence')}, {_bare('printed')})",
        {"printed": "printed", "evidence": "evidence"},
    )
    yield from _intervals()
    yield _numbers()
    yield Rule(
        "figure_of_other_document",
        "not (starts_with(figure_id, document_id || '-')"
        " and regexp_full_match(substr(figure_id, length(document_id) + 2), '[0-9]+'))",
        {"figure": "figure_id", "document": "document_id"},
    )
    for name in DIMENSIONS:
        known = f"(select code from seed_dimensions where dimension = {_text(name)})"  # noqa: S608
        fields = {"column": _text(name), "code": name}
        yield Rule("code_of_dimension", f"{name} is not null and {name} not in {known}", fields)
    yield Rule(
        "verified_without_hash",
        "provenance = 'verified' and document_id in (select document_id from unhashed)",
        {"document": "document_id", "target": "'documents'"},
    )
    yield Rule(
        "no_such_period",
        "period not in (select period from known_periods)",
        {"column": "'period'", "period": "period"},
    )


def _intervals() -> Iterator[Rule]:
    names = ("value", "value_low", "value_high")
    for qualifier, stated in STATED.items():
        kept = " and ".join(
            f"{name} is {'not ' if is_stated else ''}null"
            for name, is_stated in zip(names, stated, strict=True)
        )
        wanted = [name for name, is_stated in zip(names, stated, strict=True) if is_stated]
        fields = {"qualifier": "qualifier", "wanted": _text(", ".join(wanted))}
        yield Rule("bounds", f"qualifier = {_text(qualifier)} and not ({kept})", fields)
    yield Rule(
        "value_outside",
        "value_low > value or value > value_high or value_low > value_high",
        {"value": "value", "low": "value_low", "high": "value_high"},
    )


def _numbers() -> Rule:
    numerals = _text(f"[{''.join(sorted(NUMERALS))}]")
    whole = ", ".join(map(_text, WHOLE))
    return Rule(
        "no_number",
        f"not regexp_matches(printed, {numerals}) and printed not in ({whole})",
        {"printed": "printed"},
        unless="exists (from seed_corrections as mended where mended.document_id = rows.document_id"
        f" and regexp_matches(replace(rows.printed, mended.printed, mended.meant), {numerals}))",
    )


def _bare(name: str) -> str:
    return f"regexp_replace({name}, {_text(SPACE)}, '', 'g')"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
