"""What `xuewei verify` promises: a row that the text does not bear out is never proved."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xuewei
from ingest.verify import NUMBER, RULES, Proof, Row, Text, _unaccounted, prove, verify
from project import paths
from project.errors import ExitCode, InputFault, UsageFault
from tests.ingest.broken_seeds import break_row, lay_out

TEXT = "甲市现有学校 12 所，\n在校生3.4万\n人，其中1O人\n走读。二〇二三年印发\n"


def span(printed: str) -> dict[str, str]:
    start = TEXT.index(printed)
    return {
        "char_start": str(start),
        "char_end": str(start + len(printed)),
        "printed": printed,
    }


def seeds_of_text() -> dict[str, list[Row]]:
    return {
        "documents": [(2, {"document_id": "jia", "text_sha256": "abc", "numbers_found": "3"})],
        "figures": [
            (2, span("12 所") | {"evidence": "现有学校12所"}),
            (3, span("3.4万\n人") | {"evidence": "在校生3.4万人"}),
            (4, span("1O人") | {"evidence": "其中1O人走读"}),
        ],
        "non_figures": [],
        "corrections": [(2, span("1O人") | {"meant": "10人"})],
        "measures": [(2, {"char_start": "0", "char_end": "5"})],
    }


def proof(seeds: dict[str, list[Row]], text: str = TEXT, digest: str = "abc") -> Proof:
    return prove("jia", Text(text, frozenset({digest})), seeds)


def rules(found: Proof) -> list[str]:
    return [fault.rule for fault in found.faults]


def test_rows_that_the_text_bears_out_are_proved() -> None:
    found = proof(seeds_of_text())
    assert [fault.text() for fault in found.faults] == []
    assert (found.rows, found.numbers, found.unaccounted) == (5, 3, 0)


BROKEN = {
    "other_text": ("documents", 0, {"text_sha256": "abd"}),
    "not_in_text": ("figures", 0, {"printed": "13 所"}),
    "beyond_text": ("measures", 0, {"char_end": "500"}),
    "misprint_gone": ("corrections", 0, {"printed": "IO人"}),
    "evidence_not_in_text": ("figures", 0, {"evidence": "共有学校12所"}),
    "evidence_elsewhere": ("figures", 0, {"evidence": "在校生3.4万人"}),
    "unaccounted": ("figures", 0, {"char_start": "0", "char_end": "1", "printed": "甲"}),
    "numbers_found": ("documents", 0, {"numbers_found": "4"}),
}


def test_no_rule_is_left_without_a_row_that_breaks_it() -> None:
    assert set(BROKEN) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_row_that_the_text_does_not_bear_out_is_caught(rule: str) -> None:
    seed, place, change = BROKEN[rule]
    seeds = seeds_of_text()
    line, row = seeds[seed][place]
    seeds[seed][place] = (line, {**row, **change})
    faults = proof(seeds).faults
    assert rule in {fault.rule for fault in faults}
    assert all(fault.text() for fault in faults)


def test_a_number_counts_once_however_many_figures_it_states() -> None:
    seeds = seeds_of_text()
    seeds["figures"].append((5, dict(seeds["figures"][0][1])))
    assert rules(proof(seeds)) == []


def test_a_number_that_no_row_accounts_for_is_told_with_its_place() -> None:
    seeds = seeds_of_text()
    del seeds["figures"][1]
    found = proof(seeds)
    assert found.unaccounted == 1
    [fault] = found.faults
    start = TEXT.index("3.4")
    assert fault.fields["digits"] == "3.4"
    assert f"at {start} to {start + 3}" in fault.text()


def test_a_changed_text_is_caught_even_where_every_row_still_stands() -> None:
    assert rules(proof(seeds_of_text(), TEXT + "（完）", "new")) == ["other_text"]


@given(st.text(alphabet="甲乙 12１２.．。\n", max_size=40))
def test_without_rows_exactly_the_digits_are_unaccounted(text: str) -> None:
    found = {place for start, end in _unaccounted(text, []) for place in range(start, end)}
    digits = {place for place, character in enumerate(text) if character in "12１２"}
    assert digits <= found
    assert all(text[place] in "12１２.．" for place in found)


@given(st.text(alphabet="甲12.", max_size=40), st.data())
def test_a_number_is_accounted_for_only_if_every_digit_of_it_is(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left = list(_unaccounted(text, [(start, end)]))
    for match in NUMBER.finditer(text):
        inside = all(
            start <= place < end or text[place] == "."
            for place in range(match.start(), match.end())
        )
        assert (match.span() in left) == (not inside)


@pytest.fixture
def laid_out(tmp_path: Path) -> tuple[Path, Path]:
    """The tiny seeds, and the document that they speak of."""
    seeds = lay_out(tmp_path / "seeds")
    folder = tmp_path / "documents"
    folder.mkdir()
    pieces = [
        (0, "2020年"),
        (6, "东区在校生"),
        (10, "1200人"),
        (20, "0.13万人"),
        (30, "60%"),
        (40, "30\n00元"),
        (50, "1."),
        (60, "1O人"),
    ]
    text = list("。" * 95)
    for start, piece in pieces:
        text[start : start + len(piece)] = piece
    file = folder / "sometown-2020-1.txt"
    file.write_bytes("".join(text).encode("utf-8"))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    break_row(seeds, "documents", 2, {"text_sha256": digest, "numbers_found": "7"})
    return seeds, folder


def test_a_document_is_found_by_its_name_and_read_as_offsets_index_it(
    laid_out: tuple[Path, Path],
) -> None:
    [found], absent = verify(*laid_out)
    assert found.document_id == "sometown-2020-1"
    assert absent == []
    assert "not_in_text" not in rules(found)
    assert "other_text" not in rules(found)


def test_a_document_that_is_not_at_hand_is_named_and_fails_only_if_asked_for(
    laid_out: tuple[Path, Path],
) -> None:
    seeds, folder = laid_out
    (folder / "sometown-2020-1.txt").unlink()
    assert verify(seeds, folder) == ([], ["sometown-2020-1"])
    with pytest.raises(InputFault, match="sometown-2020-1"):
        verify(seeds, folder, ["sometown-2020-1"])


def test_a_document_that_the_seeds_do_not_know_is_a_wrong_call(
    laid_out: tuple[Path, Path],
) -> None:
    with pytest.raises(UsageFault, match="nowhere"):
        verify(*laid_out, ["nowhere"])


def test_a_missing_folder_is_an_input_fault_that_names_the_variable(
    laid_out: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(InputFault, match="XUEWEI_DOCUMENTS"):
        verify(laid_out[0], tmp_path / "nowhere")


def test_the_seeds_of_the_project_are_proved_against_the_documents(documents: Path) -> None:
    proofs, absent = verify(paths.seeds_folder(), documents)
    assert absent == []
    assert len(proofs) >= 5
    assert [fault.text() for proof in proofs for fault in proof.faults] == []
    assert sum(proof.unaccounted for proof in proofs) == 0


def test_the_command_shows_a_table_and_exits_with_success(
    documents: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XUEWEI_DOCUMENTS", str(documents))
    assert xuewei.run(["verify", "zhuzhou-2023-27"]) == ExitCode.SUCCESS
    header, row = capsys.readouterr().out.splitlines()
    assert header.split() == ["document", "rows", "numbers", "unaccounted", "faults"]
    assert row.split()[0] == "zhuzhou-2023-27"
    assert row.split()[-2:] == ["0", "0"]


def test_the_command_exits_with_the_code_of_input_faults_where_a_row_is_not_proved(
    laid_out: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    seeds, folder = laid_out
    break_row(seeds, "non_figures", 2, {"printed": "2021年"})
    monkeypatch.setattr(paths, "seeds_folder", lambda: seeds)
    monkeypatch.setenv("XUEWEI_DOCUMENTS", str(folder))
    assert xuewei.run(["verify"]) == ExitCode.INPUT_FAULT
    assert "at character 0 the text reads '2020年', not '2021年'" in capsys.readouterr().out
