"""How good the machine is on the test documents, alone, part by part."""

from datetime import date
from pathlib import Path

import pytest

from bench.extraction import HELD_OUT, TARGETS, Score, annotated, score
from ingest.meaning import extract, load_reference
from ingest.readers import read
from project import paths

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def whole() -> Score:
    total = Score()
    reference = load_reference(paths.seeds_folder())
    for file, rows in annotated().items():
        total.add(score(rows, extract(read(file), reference, TODAY).proposals))
    return total


@pytest.mark.parametrize("part", sorted(TARGETS))
def test_every_part_reaches_its_target(whole: Score, part: str) -> None:
    assert whole.right[part] / whole.asked[part] >= TARGETS[part] - 0.02, whole.right


def test_of_sure_proposals_nearly_all_are_right(whole: Score) -> None:
    assert whole.sure > 100
    assert whole.sure_right / whole.sure >= 0.97


def test_sixty_five_documents_of_several_genres_are_annotated() -> None:
    files = [file.name for file in annotated()]
    assert len(files) == 65
    assert set(HELD_OUT) < set(files)


@pytest.mark.parametrize(
    ("name", "kind", "number", "region", "day"),
    [
        ("guangdong-2022-reply.txt", "reply", "粤教案字〔2022〕118号", "440000", "2022-07-29"),
        ("hefei-2023-plan.html", "plan", "合政办〔2023〕9号", "340100", "2023-03-28"),
        ("jiaxing-2021-bulletin.txt", "bulletin", "", "330400", "2022-06-15"),
        ("mianyang-2019-work-report.txt", "report", "", "510700", "2019-01-20"),
        ("qingdao-2020-fee-notice.txt", "notice", "青发改价格〔2020〕57号", "370200", "2020-07-31"),
    ],
)
def test_a_document_tells_its_own_header(
    name: str, kind: str, number: str, region: str, day: str
) -> None:
    file = Path(paths.root()) / "tests" / "ingest" / "documents" / name
    header = extract(read(file), load_reference(paths.seeds_folder()), TODAY).header
    told = (header.document_type, header.document_number, header.region_code)
    assert told == (kind, number, region)
    assert header.published_on.isoformat() == day
