"""Text of documents never becomes markup, names never become paths, files are never half there."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from project.errors import InputFault
from report.addresses import file_name
from report.publish import publish, write
from report.warehouse import read
from tests.report.pages import all_pages, broken_links, parsed

HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{7*7}}</style>{0}"""
HOSTILE_CODE = """43"02/../<b>'&{}"""
FREE_TEXTS = {
    "documents": ("title_zh", "document_number", "issuer", "document_type", "text_sha256"),
    "figures": ("printed", "evidence", "region_scope", "period_basis"),
    "regions": ("name_zh", "name_en"),
    "indicators": ("name_zh", "name_en", "definition_zh", "definition_en"),
    "plan_measures": ("responsible_unit_zh", "measure_zh", "measure_en", "shortcoming_zh"),
    "consistency_findings": ("sentence_zh", "sentence_en", "explanation_zh", "explanation_en"),
    "target_progress": ("verdict", "due_period"),
    "staging.stg_units": ("name_en",),
    "staging.stg_formulas": ("name_zh", "name_en"),
    "staging.stg_sectors": ("name_zh", "name_en"),
}


@pytest.fixture(scope="module")
def hostile(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The pages of a warehouse whose every free text is an attack, and one region's code too."""
    copy = tmp_path_factory.mktemp("hostile") / "hostile.duckdb"
    shutil.copy(warehouse, copy)
    with duckdb.connect(str(copy)) as connection:
        for table, columns in FREE_TEXTS.items():
            for column in columns:
                query = f"update {table} set {column} = {column} || ?"  # noqa: S608
                connection.execute(query, [HOSTILE])
        for name, column in tables_with_region_codes(connection):
            query = f"update {name} set {column} = ? where {column} = '430202'"  # noqa: S608
            connection.execute(query, [HOSTILE_CODE])
        comment = HOSTILE.replace("'", "''")
        connection.execute(f"comment on column kindergarten_places.places is 'x ｜ {comment}'")
    return all_pages(copy)


def tables_with_region_codes(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every column that holds codes of regions, with its table."""
    return connection.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns()"
        " where not internal and column_name like '%region_code' and schema_name <> 'seeds'"
    ).fetchall()


def test_hostile_words_stay_words(hostile: Mapping[str, str]) -> None:
    seen = 0
    for path, html in hostile.items():
        page = parsed(html)
        scripts = [node.attributes for node in page.css("script")]
        assert all(set(one) == {"src", "defer"} for one in scripts), path
        assert not page.css("img, iframe, object, embed, style, base, form"), path
        for node in page.css("*"):
            names = set(node.attributes)
            assert not {name for name in names if name.startswith("on") or name == "style"}, path
            assert "javascript:" not in str(node.attributes.get("href", "")), path
        assert all("49" not in heading.text() for heading in page.css("h1")), path
        seen += "&lt;script&gt;" in html
    assert seen > len(hostile) / 2
    assert broken_links(hostile) == []


def test_hostile_codes_make_no_paths(hostile: Mapping[str, str]) -> None:
    assert any("430200" not in path and "43_" in path for path in hostile)
    for path in hostile:
        assert ".." not in path
        assert not set(path) & set("\"'<>&{} ")


def test_two_codes_never_share_a_file_name() -> None:
    codes = ["a b", "a_b", "a/b", "a.b", "a-b", "../a", "b a", "430202", "430202 "]
    assert len({file_name(code) for code in codes}) == len(codes)


def test_every_page_has_a_policy_that_allows_its_own_files_only(report: Path) -> None:
    for file in report.rglob("*.html"):
        page = parsed(file.read_text("utf-8"))
        (policy,) = page.css("meta[http-equiv='Content-Security-Policy']")
        assert str(policy.attributes["content"]).startswith("default-src 'none'; "), file.name
        assert "unsafe" not in str(policy.attributes["content"])
        named = [*page.css("link[href]"), *page.css("script[src]")]
        for node in named:
            place = str(node.attributes.get("href") or node.attributes.get("src"))
            assert (file.parent / place).is_file(), place


def some_files(broken: bool = False) -> Iterator[tuple[str, str]]:
    yield from ((name, "new") for name in ("index.html", "report.css", "zh/a.html", "en/a.html"))
    if broken:
        raise ValueError("a page could not be made")


def filling(broken: bool = False) -> Callable[[Path], int]:
    return lambda folder: write(some_files(broken), folder)


def test_the_earlier_report_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    assert publish(filling(), folder) == 3
    (folder / "index.html").write_text("earlier")
    with pytest.raises(ValueError, match="could not be made"):
        publish(filling(broken=True), folder)
    assert (folder / "index.html").read_text() == "earlier"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report"]
    publish(filling(), folder)
    assert (folder / "index.html").read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report"]


def test_a_folder_that_is_no_report_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(InputFault, match="is no report"):
        publish(filling(), tmp_path)
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_an_unwritable_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputFault, match="can't write the folder"):
        publish(filling(), tmp_path / "file" / "report")


def test_a_swap_that_fails_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "report"
    publish(filling(), folder)
    (folder / "index.html").write_text("earlier")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == folder and not self.name.endswith("-earlier"):
            raise OSError(13, "no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(InputFault, match="untouched"):
        publish(filling(), folder)
    assert (folder / "index.html").read_text() == "earlier"


def test_what_is_no_warehouse_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="there is no warehouse file"):
        read(tmp_path / "nothing.duckdb")
    (tmp_path / "text.duckdb").write_text("not a database at all, but long enough to be read")
    with pytest.raises(InputFault, match="can't read the warehouse"):
        read(tmp_path / "text.duckdb")
    shutil.rmtree(tmp_path)
