"""What an assistant can do with `xuewei mcp`, and what it can't."""

import builtins
import importlib.util
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from project import paths
from project.errors import ExitCode
from project.language import set_language
from query.connection import Limits
from xuewei import run

if TYPE_CHECKING:
    from mcp import Client
    from mcp.types import CallToolResult

HAS_MCP = importlib.util.find_spec("mcp") is not None
needs_mcp = pytest.mark.skipif(not HAS_MCP, reason="the extra mcp is not installed")

TOOLS = {"list_marts", "describe_mart", "query", "explain", "search"}
REACHING_OUTSIDE = [
    "copy births to 'out.csv'",
    "attach 'out.duckdb'",
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "create table mine as select 1",
    "set enable_external_access = true",
    "install httpfs",
    "select getenv('HOME')",
]

Answer = dict[str, Any]
Conversation = Callable[["Client"], Coroutine[Any, Any, None]]


def talk(warehouse: Path, conversation: Conversation, limits: Limits | None = None) -> None:
    """Hold a conversation with a server in this process."""
    from mcp import Client

    from query.assistants import server_of

    async def connected() -> None:
        async with Client(server_of(warehouse, limits or Limits(rows=5, seconds=30))) as client:
            await conversation(client)

    anyio.run(connected)


def text_of(result: "CallToolResult") -> str:
    """The words of an answer, which are all that it holds beside its data."""
    (part,) = result.content
    assert part.type == "text"
    return part.text


async def answered(client: "Client", tool: str, **arguments: object) -> Answer:
    """What a tool gives; it must not refuse, and its text says the same as its data."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    answer: Answer = result.structured_content
    assert json.loads(text_of(result)) == answer
    return answer


async def refused(client: "Client", tool: str, **arguments: object) -> str:
    """The one sentence with which a tool refuses."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    sentence = text_of(result)
    assert "\n" not in sentence
    assert "Error executing" not in sentence
    return sentence


@needs_mcp
def test_an_assistant_can_ask_over_standard_input_and_output(warehouse: Path) -> None:
    from mcp import Client, StdioServerParameters

    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "xuewei", "--lang", "en", "mcp", "--rows", "2", "--file", str(warehouse)],
        cwd=paths.root(),
    )

    async def conversation() -> None:
        async with Client(server) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
            answer = await answered(client, "query", sql="select year, births from births")
            assert answer["rows"] == [[2020, 31542], [2021, 23447]]
            assert answer["is_cut"]
            assert "only reading" in await refused(client, "query", sql="attach 'out.duckdb'")

    anyio.run(conversation)


@needs_mcp
def test_a_host_that_greets_in_the_older_way_is_answered_too(warehouse: Path) -> None:
    from mcp import Client

    from query.assistants import server_of

    async def conversation() -> None:
        async with Client(server_of(warehouse, Limits()), mode="legacy") as client:
            assert " ｜ " in (client.instructions or "")
            assert (await answered(client, "query", sql="select 1 as one"))["rows"] == [[1]]

    anyio.run(conversation)


@needs_mcp
def test_tools_say_what_they_do_in_both_languages_and_that_they_only_read(
    warehouse: Path,
) -> None:
    async def conversation(client: "Client") -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        for tool in tools:
            english, _, chinese = (tool.description or "").partition(" ｜ ")
            assert english.isascii()
            assert any("一" <= character <= "鿿" for character in chinese)
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            for argument in tool.input_schema["properties"].values():
                assert " ｜ " in argument["description"]

    talk(warehouse, conversation)


@needs_mcp
def test_marts_are_listed_and_described(warehouse: Path) -> None:
    async def conversation(client: "Client") -> None:
        marts = {mart["mart"]: mart for mart in (await answered(client, "list_marts"))["marts"]}
        assert marts["births"]["key"] == ["region_code", "year"]
        described = await answered(client, "describe_mart", mart="births")
        assert described["rows"] == 3
        columns = {column["name"]: column for column in described["columns"]}
        assert columns["births"]["description"]["zh"]
        assert columns["births"]["indicator"] == "births"

    talk(warehouse, conversation)


@needs_mcp
def test_the_row_cap_holds_and_the_answer_says_so(warehouse: Path) -> None:
    async def conversation(client: "Client") -> None:
        cut = await answered(client, "query", sql="from range(1000000000000)")
        assert len(cut["rows"]) == 5
        assert cut["is_cut"]
        assert "first 5 rows" in cut["note"]
        whole = await answered(client, "query", sql="from range(5)")
        assert not whole["is_cut"]
        assert "note" not in whole

    talk(warehouse, conversation)


@needs_mcp
def test_a_statement_that_runs_too_long_is_stopped(warehouse: Path) -> None:
    async def conversation(client: "Client") -> None:
        endless = "select count(*) from range(1000000) a (x), range(1000000) b (y) where x + y = 7"
        assert "0.3 seconds" in await refused(client, "query", sql=endless)

    talk(warehouse, conversation, Limits(rows=5, seconds=0.3))


@needs_mcp
def test_an_answer_that_is_too_long_is_refused(warehouse: Path) -> None:
    async def conversation(client: "Client") -> None:
        long = "select repeat('x', 300000) as long"
        assert "more than 200000 characters" in await refused(client, "query", sql=long)

    talk(warehouse, conversation, Limits(seconds=60))


@needs_mcp
def test_statements_that_reach_outside_are_refused_in_one_sentence(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def conversation(client: "Client") -> None:
        for sql in REACHING_OUTSIDE:
            assert await refused(client, "query", sql=sql)
        assert (await answered(client, "query", sql="select 1 as one"))["rows"] == [[1]]

    talk(warehouse, conversation)
    assert list(tmp_path.iterdir()) == []


@needs_mcp
def test_an_explanation_reaches_the_figures(warehouse: Path) -> None:
    async def conversation(client: "Client") -> None:
        keys = {"region_code": "株洲市", "period": 2022}
        answer = await answered(
            client,
            "explain",
            target="kindergarten_places",
            column="surplus_derived",
            keys=keys,
        )
        number = answer["explanation"]["numbers"][0]
        assert number["cells"][0]["value"] == 46907
        figures = {
            part["observation"]["figure"]["figure_id"]
            for part in number["sources"][0]["origin"]["inputs"]
        }
        assert figures == {"zhuzhou-2023-27-001", "zhuzhou-2023-27-012"}

    talk(warehouse, conversation)


@needs_mcp
def test_search_finds_in_either_language_and_offers_what_is_near(warehouse: Path) -> None:
    async def conversation(client: "Client") -> None:
        chinese = await answered(client, "search", words="富余园位")
        english = await answered(client, "search", words="surplus kindergarten places")
        assert chinese["hits"][0]["key"] == english["hits"][0]["key"]
        nothing = await answered(client, "search", words="kindergatens")
        assert nothing["found"] == 0
        assert nothing["did_you_mean"]

    talk(warehouse, conversation)


@needs_mcp
@pytest.mark.parametrize(("language", "sentence"), [("en", "did you mean"), ("zh", "是否指")])
def test_a_wrong_name_is_one_sentence_in_the_chosen_language(
    language: str, sentence: str, warehouse: Path
) -> None:
    set_language(language)

    async def conversation(client: "Client") -> None:
        assert sentence in await refused(client, "describe_mart", mart="birth")
        assert sentence in await refused(client, "explain", target="kindergarten_place")
        assert "sql" in await refused(client, "query")
        assert "mart" in await refused(client, "describe_mart", mart=3)
        assert "drop_mart" in await refused(client, "drop_mart")

    talk(warehouse, conversation)


@needs_mcp
def test_a_new_version_of_the_file_is_seen_and_a_lost_one_is_a_sentence(
    warehouse: Path, tmp_path: Path
) -> None:
    file = tmp_path / "published.duckdb"
    file.hardlink_to(warehouse)

    async def conversation(client: "Client") -> None:
        assert (await answered(client, "query", sql="select 1 as one"))["rows"] == [[1]]
        file.unlink()
        assert "make warehouse" in await refused(client, "query", sql="select 1 as one")

    talk(file, conversation)


@needs_mcp
def test_a_missing_file_ends_the_server_before_it_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["mcp", "--file", str(tmp_path / "none.duckdb")]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert "make warehouse" in said.err
    assert said.out == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_the_library_is_missing_the_sentence_names_the_extra(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    imported = builtins.__import__

    def without_mcp(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "mcp":
            raise ModuleNotFoundError("no module", name="mcp")
        return imported(name, *rest, **named)

    monkeypatch.delitem(sys.modules, "query.assistants", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_mcp)
    assert run(["--lang", language, "mcp"]) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "xuewei[mcp]" in said
    assert said.count("\n") == 1
