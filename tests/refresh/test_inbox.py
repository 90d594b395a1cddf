"""Documents in the inbox: none is lost, none counts twice, none is trusted."""

import os
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest import proposals
from refresh import inbox, workers
from refresh.extractor import Ingested, extractor, open_proposals, take_in
from refresh.places import Places
from refresh.run import Options, refresh
from refresh.steps import Steps
from refresh.workers import WorkerEnded
from tests.refresh import fakes
from tests.refresh.test_faults import documents_of


def put(places: Places, name: str, text: str = "words") -> Path:
    path = places.root / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def with_ingest(places: Places) -> Steps:
    return fakes.steps(ingest=fakes.ingest_into(places.root))


def test_a_new_document_is_taken_in_and_published_once(places: Places) -> None:
    put(places, "letter.txt")
    for _ in range(3):
        refresh(places, Options(), with_ingest(places))
    assert documents_of(places.published) == ["letter.txt"]


def test_only_changed_documents_are_handed_to_the_extractor(places: Places) -> None:
    handed: list[list[str]] = []
    take_in = fakes.ingest_into(places.root)

    def note(paths: Sequence[Path]) -> Ingested:
        handed.append([path.name for path in paths])
        return take_in(paths)

    put(places, "a.txt")
    put(places, "b.txt")
    refresh(places, Options(), fakes.steps(ingest=note))
    put(places, "b.txt", "other words")
    refresh(places, Options(), fakes.steps(ingest=note))
    refresh(places, Options(), fakes.steps(ingest=note))
    assert handed == [["a.txt", "b.txt"], ["b.txt"]]


def test_without_an_extractor_documents_are_queued_and_taken_in_once_there_is_one(
    places: Places,
) -> None:
    put(places, "letter.txt")
    done, _ = refresh(places, Options(), fakes.steps())
    assert inbox.register(places)["letter.txt"].state == "queued"
    assert "letter.txt: noted and waiting to be extracted" in done.notes
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.notes == ()
    refresh(places, Options(), with_ingest(places))
    assert inbox.register(places)["letter.txt"].state == "ingested"
    assert documents_of(places.published) == ["letter.txt"]


def test_a_document_that_changes_while_it_is_read_is_left_for_the_next_run(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = put(places, "letter.txt", "first half")
    copyfile = shutil.copyfile

    def grow(source: Path, target: Path) -> Path:
        copied = copyfile(source, target)
        if source == letter:
            letter.write_text("first half, second half", encoding="utf-8")
        return copied

    monkeypatch.setattr(shutil, "copyfile", grow)
    done, _ = refresh(places, Options(), with_ingest(places))
    assert done.notes == ("letter.txt: changed while it was read, left for the next run",)
    assert documents_of(places.published) == []
    monkeypatch.setattr(shutil, "copyfile", copyfile)
    refresh(places, Options(), with_ingest(places))
    assert documents_of(places.published) == ["letter.txt"]


def test_a_document_that_can_not_be_read_holds_up_no_other(places: Places) -> None:
    take_in = fakes.ingest_into(places.root)

    def refuse(paths: Sequence[Path]) -> Ingested:
        broken = [path for path in paths if path.name == "broken.pdf"]
        take_in([path for path in paths if path not in broken])
        return Ingested(faults=dict.fromkeys(broken, "it is encrypted"))

    put(places, "broken.pdf")
    put(places, "letter.txt")
    done, _ = refresh(places, Options(), fakes.steps(ingest=refuse))
    assert done.notes == (
        "broken.pdf: not taken in: it is encrypted",
        "letter.txt: taken in",
    )
    assert documents_of(places.published) == ["letter.txt"]


def test_an_extractor_that_crashes_loses_no_document(places: Places) -> None:
    def crash(_: Sequence[Path]) -> Ingested:
        raise ZeroDivisionError

    put(places, "letter.txt")
    with pytest.raises(ZeroDivisionError):
        refresh(places, Options(), fakes.steps(ingest=crash))
    refresh(places, Options(), with_ingest(places))
    assert documents_of(places.published) == ["letter.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "'; drop table main.documents; --.txt",
        "\"; attach 'x'; --.txt",
        "=cmd|' _C calc'!A0.txt",
        "<script>alert(1)<%2Fscript>.txt",
        "$(touch hacked).txt",
        "{batch}.txt",
        "信 函（附件）.txt",
        "folder/below/letter.txt",
    ],
)
def test_a_hostile_name_is_only_a_name(places: Places, name: str) -> None:
    put(places, name)
    refresh(places, Options(), with_ingest(places))
    assert documents_of(places.published) == [Path(name).name]
    assert list(inbox.register(places)) == [name]
    assert not list(places.root.rglob("hacked"))


def test_the_extractor_queues_what_it_is_not_sure_of(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUEWEI_ROOT", str(places.root))
    shutil.rmtree(places.root / "seeds")
    shutil.copytree(Path(__file__).parents[2] / "seeds", places.root / "seeds")
    letter = put(places, "letter-of-a-town.txt", "某镇去年底约有幼儿园十二所。\n")
    ingest = extractor()
    assert ingest is not None
    said = ingest([letter])
    assert said.faults == {}
    assert said.waiting.keys() == {letter}
    assert open_proposals() == {"letter-of-a-town": said.waiting[letter]}
    assert ingest([letter]).faults == {}


def test_what_waits_for_review_keeps_a_copy_and_nothing_else_does(places: Places) -> None:
    def wait(paths: Sequence[Path]) -> Ingested:
        return Ingested(waiting={path: 3 for path in paths if path.name == "a.txt"})

    put(places, "a.txt")
    put(places, "b.txt", "other words")
    refresh(places, Options(), fakes.steps(ingest=wait))
    assert [path.name for path in places.taken_in.glob("*/*")] == ["a.txt"]
    assert inbox.register(places)["a.txt"].waiting == 3
    assert stat.S_IMODE(places.taken_in.stat().st_mode) == 0o700
    # No proposals of it are left, so somebody has settled them.
    refresh(places, Options(force=True), fakes.steps(ingest=wait))
    assert list(places.taken_in.iterdir()) == []


def test_links_out_of_the_inbox_and_unfinished_files_are_passed_over(
    places: Places, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not ours", encoding="utf-8")
    (places.root / "inbox" / "link.txt").symlink_to(secret)
    put(places, "letter.txt.part")
    put(places, ".hidden.txt")
    documents, named = inbox.changed(places, places.root / "inbox", None)
    assert documents == ()
    assert [one.name for one in named] == ["link.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_links_pipes_and_what_is_no_file_are_named_and_hold_up_no_document(
    places: Places, tmp_path: Path
) -> None:
    folder = places.root / "inbox"
    (folder / "a-link.txt").symlink_to(tmp_path)
    (folder / "b-folder").mkdir()
    (folder / "c-link").symlink_to(folder / "b-folder")
    (folder / "d-broken.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "e-pipe.txt")
    (folder / "f-circle.txt").symlink_to(folder / "f-circle.txt")
    put(places, "letter.txt")
    done, _ = refresh(places, Options(), with_ingest(places))
    assert [note.partition(":")[0] for note in done.notes] == [
        "a-link.txt",
        "c-link",
        "d-broken.txt",
        "e-pipe.txt",
        "f-circle.txt",
        "letter.txt",
    ]
    assert documents_of(places.published) == ["letter.txt"]


@pytest.mark.skipif(os.name == "nt", reason="names there are Unicode and shorter")
def test_a_name_that_is_no_utf_8_or_too_long_to_copy_holds_up_no_document(
    places: Places,
) -> None:
    folder = os.fsencode(places.root / "inbox")
    for name in ("信.txt".encode("gb18030"), b"a" * 251 + b".txt"):
        with open(folder + b"/" + name, "wb") as file:  # noqa: PTH123 - a name of bytes
            file.write(name)
    put(places, "letter.txt")
    done, _ = refresh(places, Options(), with_ingest(places))
    assert len(done.notes) == 3
    assert all(note.endswith(": taken in") for note in done.notes)
    assert "\\xd0\\xc5.txt" in inbox.register(places)
    assert len(documents_of(places.published)) == 3
    done, _ = refresh(places, Options(), with_ingest(places))
    assert done.notes == ()


@pytest.fixture
def real_seeds(places: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    """The tiny project with the seeds that the real extractor needs."""
    monkeypatch.setenv("XUEWEI_ROOT", str(places.root))
    shutil.rmtree(places.root / "seeds")
    shutil.copytree(Path(__file__).parents[2] / "seeds", places.root / "seeds")
    places.warehouse.mkdir()
    return places


def test_two_texts_under_one_name_in_two_folders_both_wait(real_seeds: Places) -> None:
    places = real_seeds
    put(places, "a/letter.txt", "某镇去年底约有幼儿园十二所。\n")
    put(places, "b/letter.txt", "某乡去年底约有幼儿园十三所。\n")
    documents, _ = inbox.changed(places, places.root / "inbox", take_in)
    taken = inbox.take_in(places, documents, take_in, "1")
    assert {name: entry.state for name, entry in taken.entries.items()} == {
        "a/letter.txt": "waiting",
        "b/letter.txt": "waiting",
    }
    [first, second] = proposals.waiting()
    assert (first, second[:7]) == ("letter", "letter-")
    assert second in taken.remarks["b/letter.txt"][0]
    inbox.forget_reviewed(places)
    read = [
        Path(proposals.load(name).source).read_text(encoding="utf-8") for name in (first, second)
    ]
    assert [text[:2] for text in read] == ["某镇", "某乡"]


def test_a_text_that_changes_while_it_waits_takes_nothing_from_the_review(
    real_seeds: Places,
) -> None:
    places = real_seeds
    for text in ("某镇去年底约有幼儿园十二所。\n", "某镇去年底约有幼儿园十五所。\n"):
        put(places, "letter.txt", text)
        documents, _ = inbox.changed(places, places.root / "inbox", take_in)
        inbox.take_in(places, documents, take_in, "1")
    assert len(proposals.waiting()) == 2
    assert all(Path(proposals.load(name).source).is_file() for name in proposals.waiting())


def test_a_long_name_waits_under_a_shorter_code(real_seeds: Places) -> None:
    put(real_seeds, "a" * 251 + ".txt", "某镇去年底约有幼儿园十二所。\n")
    documents, _ = inbox.changed(real_seeds, real_seeds.root / "inbox", take_in)
    taken = inbox.take_in(real_seeds, documents, take_in, "1")
    assert [entry.state for entry in taken.entries.values()] == ["waiting"]


def test_proposals_half_written_are_none_and_are_made_whole_by_the_next_run(
    real_seeds: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = put(real_seeds, "letter.txt", "某镇去年底约有幼儿园十二所。\n")
    replace_file = proposals.replace_file
    written: list[Path] = []

    def die_at_the_second(path: Path, words: str) -> None:
        written.append(path)
        if len(written) == 2:
            raise KeyboardInterrupt
        replace_file(path, words)

    monkeypatch.setattr(proposals, "replace_file", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        take_in([letter])
    assert proposals.waiting() == []
    assert open_proposals() == {}
    take_in([letter])
    assert proposals.waiting() == ["letter"]
    assert open_proposals() == {"letter": 1}


def test_what_a_crash_at_one_document_leaves_is_the_work_of_all_others(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(_: str, files: Sequence[Path]) -> Ingested:
        if any(file.name == "broken.pdf" for file in files):
            raise WorkerEnded("out of memory")
        return fakes.ingest_into(places.root)(files)

    monkeypatch.setattr(workers, "call", call)
    put(places, "broken.pdf")
    put(places, "letter.txt")
    done, _ = refresh(places, Options(), fakes.steps(ingest=extractor()))
    assert done.notes == ("broken.pdf: not taken in: out of memory", "letter.txt: taken in")
    assert documents_of(places.published) == ["letter.txt"]


def test_a_telephone_number_in_a_name_is_masked_where_it_is_said(places: Places) -> None:
    put(places, "联系电话13800001111.txt")
    done, _ = refresh(places, Options(), fakes.steps())
    assert "13800001111" not in "".join(done.notes)
