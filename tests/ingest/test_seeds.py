"""What `xuewei check` promises: no broken seed reaches dbt, and every fault says how to mend it."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.seeds import RULES, Fault, check
from ingest.seeds.check import FILE_RULES
from ingest.seeds.schema import Column, load_schemas
from ingest.seeds.spans import Span, overlap_faults
from ingest.seeds.table import Table, read_table
from project import paths
from project.errors import InputFault
from project.language import set_language
from tests.ingest.broken_seeds import Case, break_row, cases, lay_out

CASES = cases()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "seeds")


def rules(faults: list[Fault]) -> set[str]:
    return {fault.rule for fault in faults}


def test_the_tiny_seeds_are_in_order(seeds: Path) -> None:
    assert [fault.text() for fault in check(seeds)] == []


def test_the_seeds_of_the_project_are_in_order() -> None:
    assert [fault.text() for fault in check(paths.seeds_folder())] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_broken_row_is_caught(case: Case, seeds: Path) -> None:
    break_row(seeds, case.seed, case.row, case.change)
    assert (case.rule, case.fault_at) in {
        (fault.rule, (fault.file, fault.row)) for fault in check(seeds)
    }


def test_no_rule_is_left_without_a_case_that_breaks_it() -> None:
    assert set(RULES) - {case.rule for case in CASES} == set(FILE_RULES)


def test_no_two_rules_share_a_name() -> None:
    assert len(set(RULES)) == len(RULES)


def test_a_missing_file_is_caught(seeds: Path) -> None:
    (seeds / "units.csv").unlink()
    [fault] = check(seeds)
    assert (fault.rule, fault.file, fault.row) == ("missing_file", "units.csv", None)
    assert "unit_code,name_zh,name_en" in fault.text()


def test_a_file_that_no_yaml_describes_is_caught(seeds: Path) -> None:
    (seeds / "notes.csv").write_text("a,b\n", encoding="utf-8")
    assert [(fault.rule, fault.file) for fault in check(seeds)] == [
        ("undescribed_file", "notes.csv")
    ]


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("byte_order_mark", b"unit_code,name_zh", b"\xef\xbb\xbfunit_code,name_zh"),
        ("not_utf8", "百分点".encode(), "百分点".encode("gb18030")),
        ("not_csv", "元,元".encode(), '元,"元'.encode()),
        ("missing_column", b",multiplier,", b",times,"),
        ("unknown_column", b",dimension\n", b",dimension,note\n"),
        ("reordered_columns", b"name_zh,name_en", b"name_en,name_zh"),
        ("repeated_column", b",dimension\n", b",dimension,dimension\n"),
        ("field_count", b",money", b",money,"),
        ("field_count", b",1,money", b",money"),
    ],
)
def test_a_broken_file_is_caught(rule: str, old: bytes, new: bytes, seeds: Path) -> None:
    file = seeds / "units.csv"
    before = file.read_bytes()
    assert old in before
    file.write_bytes(before.replace(old, new))
    faults = check(seeds)
    assert rule in rules(faults)
    assert all(fault.file == "units.csv" for fault in faults)


def test_every_fault_of_a_row_is_told_and_not_only_the_first(seeds: Path) -> None:
    break_row(seeds, "figures", 2, {"unit_code": "人次", "status": "real", "value": ""})
    assert rules(check(seeds)) == {"unknown_code", "not_in_list", "bounds"}


def test_a_wrong_period_is_told_once(seeds: Path) -> None:
    break_row(seeds, "figures", 2, {"period": "last year"})
    assert [fault.rule for fault in check(seeds)] == ["pattern"]


def test_a_fault_names_file_row_and_mend_in_both_languages(seeds: Path) -> None:
    break_row(seeds, "figures", 2, {"unit_code": "人次"})
    [fault] = check(seeds)
    set_language("en")
    assert fault.text() == (
        "figures.csv row 2: unit_code '人次' is not in units.csv; add it there or correct the row"
    )
    set_language("zh")
    assert fault.text() == (
        "figures.csv 第 2 行：unit_code 的值 '人次' 不在 units.csv 中；请在那里补上或更正此行"
    )


def test_a_row_after_a_value_of_two_lines_is_counted_as_an_editor_counts(seeds: Path) -> None:
    break_row(seeds, "figures", 7, {"status": "real"})
    assert [(fault.rule, fault.row) for fault in check(seeds)] == [("not_in_list", 7)]
    lines = (seeds / "figures.csv").read_text(encoding="utf-8").splitlines()
    assert ",real," in lines[7 - 1]


def test_faults_come_in_the_order_of_file_and_row(seeds: Path) -> None:
    for row in (7, 2, 4):
        break_row(seeds, "figures", row, {"status": "real"})
    break_row(seeds, "documents", 2, {"reader": "eye"})
    assert [(fault.file, fault.row) for fault in check(seeds)] == [
        ("documents.csv", 2),
        ("figures.csv", 2),
        ("figures.csv", 4),
        ("figures.csv", 7),
    ]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("references: units.unit_code", "references: unit.unit_code", "base_unit_code"),
        ("multiplier: decimal(18,6)", "multiplier: money", "multiplier"),
        ("primary_key: [unit_code]", "primary_key: [unit]", "unit"),
        ("        dimension: varchar\n", "", "dimension"),
    ],
)
def test_a_description_that_contradicts_itself_is_refused(
    old: str, new: str, named: str, seeds: Path
) -> None:
    file = seeds / "_reference.yml"
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputFault, match=named):
        check(seeds)


def test_ten_thousand_rows_take_less_than_half_a_second(seeds: Path) -> None:
    file = seeds / "figures.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        header, first, *_ = csv.reader(lines)
    rows = []
    for number in range(10_000):
        start = {"char_start": str(100 + 5 * number), "char_end": str(105 + 5 * number)}
        row = dict(zip(header, first, strict=True)) | start
        rows.append(row | {"figure_id": f"sometown-2020-1-{number:05d}"})
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    seconds = []
    for _ in range(3):
        begin = time.process_time()
        assert check(seeds) == []
        seconds.append(time.process_time() - begin)
    assert min(seconds) < 0.5


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["figures.csv", "non_figures.csv"]),
            st.integers(0, 30),
            st.integers(1, 6),
        ),
        max_size=12,
    )
)
def test_an_overlap_is_found_exactly_where_two_spans_share_a_character(
    drawn: list[tuple[str, int, int]],
) -> None:
    spans = [
        Span("document", start, start + length, file, line)
        for line, (file, start, length) in enumerate(drawn)
    ]
    collide = any(
        one.start < other.end
        and other.start < one.end
        and not (one[1:4] == other[1:4] and one.file == "figures.csv")
        for place, one in enumerate(spans)
        for other in spans[:place]
    )
    assert bool(list(overlap_faults(spans))) == collide


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_decimal_is_accepted_exactly_if_its_digits_fit(value: object) -> None:
    from ingest.seeds.columns import _judge

    column = Column("value", "decimal(6,2)")
    text = f"{value:f}"
    digits, _, fraction = text.lstrip("-").partition(".")
    fits = len(digits.lstrip("0")) <= 4 and fraction.rstrip("0") == fraction[:2].rstrip("0")
    assert (_judge(column, text, None) is None) == fits


def test_an_empty_seed_has_no_rows_and_no_faults(seeds: Path) -> None:
    schema = load_schemas(seeds)["series_breaks"]
    header = ",".join(column.name for column in schema.columns)
    schema.path.write_text(f"{header}\n", encoding="utf-8")
    schema = load_schemas(seeds)["series_breaks"]
    table = read_table(schema)
    assert isinstance(table, Table)
    assert list(table.lines) == []
    assert check(seeds) == []
