"""Lets an assistant read a built file by the Model Context Protocol: five tools, none that writes.

Every call opens the file anew, locked down, so that a published version is never held open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError

from project.errors import XueweiError
from project.language import language, say, set_language
from query.connection import Limits, Warehouse, open_warehouse
from query.dictionary import BETWEEN_LANGUAGES, Mart, mart_of, read_dictionary
from query.explain import Explainer
from query.explanation import as_data, plain
from query.search import search, suggestions

MOST_HITS: Final = 20
# A longer answer fills an assistant's memory and helps nobody.
MOST_CHARACTERS: Final = 200_000
READ_ONLY: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Answers an assistant's questions to one file, each under the same limits."""

    file: Path
    limits: Limits

    def list_marts(self) -> Answer:
        """Every mart with what one row of it is."""
        with open_warehouse(self.file, self.limits) as warehouse:
            marts = read_dictionary(warehouse).values()
        return {
            "marts": [
                {
                    "mart": mart.name,
                    "topic": mart.topic,
                    "description": as_data(mart.description),
                    "key": list(mart.key),
                }
                for mart in marts
            ]
        }

    def describe_mart(self, name: str) -> Answer:
        """A mart with its columns; rows is null for a view, whose rows nobody has counted.

        Raises QueryFault, naming the nearest marts.
        """
        with open_warehouse(self.file, self.limits) as warehouse:
            mart = mart_of(read_dictionary(warehouse), name)
            rows = _count(warehouse, mart)
        return {
            "mart": mart.name,
            "topic": mart.topic,
            "description": as_data(mart.description),
            "key": list(mart.key),
            "rows": rows,
            "columns": [as_data(column) for column in mart.columns.values()],
        }

    def query(self, sql: str) -> Answer:
        """The rows of one reading statement; a note says where the cap left rows off."""
        with open_warehouse(self.file, self.limits) as warehouse:
            result = warehouse.ask(sql)
        answer: Answer = {
            "columns": list(result.columns),
            "rows": [[plain(value) for value in row] for row in result.rows],
            "is_cut": result.is_cut,
        }
        return answer | ({"note": self._cut_note()} if result.is_cut else {})

    def explain(self, target: str, column: str | None, keys: dict[str, str]) -> Answer:
        """What a number goes back to, down to the printed characters."""
        with open_warehouse(self.file, self.limits) as warehouse:
            explanation = Explainer(warehouse).explain(target, column, keys)
        return {"explanation": as_data(explanation)}

    def search(self, words: str) -> Answer:
        """The best hits; where there are none, names that are written much like the words."""
        with open_warehouse(self.file, self.limits) as warehouse:
            hits = search(warehouse, words)
            near = [] if hits else suggestions(warehouse, words)
        found = [as_data(hit) for hit in hits[:MOST_HITS]]
        return {"hits": found, "found": len(hits), "did_you_mean": near}

    def _cut_note(self) -> str:
        return say("query.tool_cut", rows=self.limits.rows)


class ReadingServer(MCPServer[None]):
    """A server whose refusals are one sentence each, without a library's words around it."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """The tool's answer. Raises ToolError with the sentence that the assistant reads."""
        try:
            answer = await super().call_tool(name, arguments, context)
        except ToolError as error:
            _refuse(name, error)
        if isinstance(answer, CallToolResult) and _length(answer) > MOST_CHARACTERS:
            raise ToolError(say("query.tool_too_long", characters=MOST_CHARACTERS))
        return answer


def server_of(file: Path, limits: Limits) -> MCPServer[None]:
    """A server of one built file, not yet running."""
    reader = Reader(file, limits)
    server = ReadingServer(
        "xuewei",
        title=_both("query.server_title"),
        instructions=_both("query.server_instructions"),
        log_level="ERROR",
    )
    for tool in (*_tools_of_marts(reader), *_tools_of_numbers(reader)):
        name = tool.__name__
        words = _both(f"query.tool_{name}", rows=limits.rows, seconds=limits.seconds)
        server.add_tool(tool, name=name, description=words, annotations=READ_ONLY)
    return server


def serve(file: Path, limits: Limits) -> None:
    """Answer over standard input and output until the input ends.

    Raises QueryFault where the file is missing or is no warehouse.
    """
    with open_warehouse(file, limits) as warehouse:
        read_dictionary(warehouse)
    server_of(file, limits).run("stdio")


def _tools_of_marts(reader: Reader) -> tuple[Callable[..., Answer], ...]:
    def list_marts() -> Answer:
        return reader.list_marts()

    def describe_mart(
        mart: Annotated[str, Field(description=_both("query.tool_mart"))],
    ) -> Answer:
        return reader.describe_mart(mart)

    def search(
        words: Annotated[str, Field(description=_both("query.search_words_help"))],
    ) -> Answer:
        return reader.search(words)

    return list_marts, describe_mart, search


def _tools_of_numbers(reader: Reader) -> tuple[Callable[..., Answer], ...]:
    def query(sql: Annotated[str, Field(description=_both("query.tool_sql"))]) -> Answer:
        return reader.query(sql)

    def explain(
        target: Annotated[str, Field(description=_both("query.explain_target_help"))],
        column: Annotated[str | None, Field(description=_both("query.explain_column_help"))] = None,
        keys: Annotated[
            dict[str, str | int] | None, Field(description=_both("query.tool_keys"))
        ] = None,
    ) -> Answer:
        return reader.explain(
            target, column, {name: str(value) for name, value in (keys or {}).items()}
        )

    return query, explain


def _count(warehouse: Warehouse, mart: Mart) -> int | None:
    if mart.kind != "table":
        return None
    ((rows,),) = warehouse.rows(f'select count(*) from main."{mart.name}"')  # noqa: S608 - the name of a mart
    return int(rows)


def _refuse(name: str, error: ToolError) -> NoReturn:
    """Raise what the assistant reads: our own sentence, or one about the arguments or a defect."""
    cause = error.__cause__
    if isinstance(cause, XueweiError):
        raise ToolError(cause.message) from None
    if isinstance(cause, ValidationError):
        fields = sorted({".".join(str(part) for part in found["loc"]) for found in cause.errors()})
        words = say("query.comma").join(fields)
        raise ToolError(say("query.tool_arguments", tool=name, arguments=words)) from None
    if isinstance(error, UnexpectedToolError):
        raise UnexpectedToolError(say("query.tool_failed", tool=name)) from cause
    raise ToolError(say("query.no_tool", tool=name)) from None


def _length(answer: CallToolResult) -> int:
    return sum(len(part.text) for part in answer.content if isinstance(part, TextContent))


def _both(key: str, **fields: object) -> str:
    """A sentence in both languages, English first, as the file's own descriptions are."""
    chosen = language()
    try:
        sentences = []
        for name in ("en", "zh"):
            set_language(name)
            sentences.append(say(key, **fields))
    finally:
        set_language(chosen)
    return BETWEEN_LANGUAGES.join(sentences)
