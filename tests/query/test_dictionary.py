"""What the dictionary of a file says of marts that are tables, views, or not there."""

import shutil
from pathlib import Path

import duckdb
import pytest

from query.connection import Limits, open_warehouse
from query.dictionary import read_dictionary


@pytest.fixture(scope="module")
def changed(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which births is a view that nobody may ask, and fee_waivers is lost."""
    file = Path(shutil.copy(warehouse, tmp_path_factory.mktemp("changed") / "changed.duckdb"))
    with duckdb.connect(file) as writing:
        writing.execute("drop table births")
        writing.execute("create view births as select error('asked') as births")
        writing.execute("comment on view births is 'One row ｜ 每行一个'")
        writing.execute("drop table fee_waivers")
    return file


def test_it_tells_tables_from_views_and_from_what_is_missing(changed: Path) -> None:
    with open_warehouse(changed) as opened:
        marts = read_dictionary(opened)
    assert marts["births"].kind == "view"
    assert marts["births"].description.zh == "每行一个"
    assert marts["fee_waivers"].kind == "missing"
    assert {mart.kind for mart in marts.values()} == {"table", "view", "missing"}
    assert marts["regions"].kind == "table"


@pytest.mark.parametrize("mart", ["births", "fee_waivers"])
def test_an_assistant_hears_of_such_a_mart_without_its_rows_being_counted(
    mart: str, changed: Path
) -> None:
    pytest.importorskip("mcp", reason="the extra mcp is not installed")
    from query.assistants import Reader

    described = Reader(changed, Limits()).describe_mart(mart)
    assert described["rows"] is None
    assert described["columns"]
