"""The configuration file, and who is told of failures and findings."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from project.errors import InputFault, RefusedByCheck
from refresh import announce, settings
from refresh.places import Places
from refresh.run import Options, refresh
from refresh.status import status, text_of
from tests.refresh import fakes

KEEP_INPUT = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"


def configure(places: Places, text: str) -> None:
    (places.root / "xuewei.toml").write_text(text, encoding="utf-8")


def test_without_a_file_every_setting_has_its_default(places: Places) -> None:
    found = settings.load(places.root)
    assert (found.keep, found.inbox, found.on_failure) == (7, places.root / "inbox", ())


def test_the_file_of_the_project_can_be_read() -> None:
    from project import paths

    assert settings.load(paths.root()).keep == 7


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[refresh]\nkep = 3", "unknown setting kep"),
        ("[refesh]\nkeep = 3", "unknown table refesh"),
        ("[refresh]\nkeep = 'seven'", "keep must be a whole number"),
        ("[refresh]\nkeep = -1", "keep must be a whole number"),
        ("[refresh]\ninbox = 3", "inbox must be the path of a folder"),
        ("[refresh]\non_failure = 3", "on_failure must be a command"),
        ('[refresh]\non_failure = "\'open"', "on_failure must be a command"),
        ("keep = ", "can't be read"),
    ],
)
def test_a_slip_in_the_file_is_named(places: Places, text: str, named: str) -> None:
    configure(places, text)
    with pytest.raises(InputFault, match=named):
        refresh(places, Options(), fakes.steps())


def test_a_command_is_told_of_a_failure(places: Places, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = json.dumps([sys.executable, "-c", KEEP_INPUT, str(told)])
    configure(places, f"[refresh]\non_failure = {command}")
    with pytest.raises(RefusedByCheck):
        refresh(places, Options(), fakes.steps(verdict=fakes.BROKEN))
    event = json.loads(told.read_text(encoding="utf-8"))
    assert (event["event"], event["outcome"], event["exit_code"]) == ("failure", "refused", 4)


def test_a_command_is_told_of_new_contradictions(places: Places, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    command = json.dumps([sys.executable, "-c", KEEP_INPUT, str(told)])
    configure(places, f"[refresh]\non_findings = {command}")
    refresh(places, Options(), fakes.steps())
    assert not told.exists()

    def with_finding(where: Places) -> None:
        fakes.build(where)
        with duckdb.connect(str(where.side)) as connection:
            connection.execute(
                "insert into main.consistency_findings values ('a', 'contradiction', true)"
            )

    done, _ = refresh(places, Options(force=True), fakes.steps(with_finding))
    assert done.outcome == "published"
    assert json.loads(told.read_text(encoding="utf-8"))["findings_new"] == ["a"]


def test_a_command_is_told_by_the_next_run_of_one_that_was_killed(
    places: Places, tmp_path: Path
) -> None:
    told = tmp_path / "told.json"
    command = json.dumps([sys.executable, "-c", KEEP_INPUT, str(told)])
    configure(places, f"[refresh]\non_failure = {command}")
    places.warehouse.mkdir()
    owner = {"pid": 1, "host": "night", "started_at": "2026-11-22T02:30:00+00:00", "run_id": "a"}
    places.owner.write_text(json.dumps(owner), encoding="utf-8")
    refresh(places, Options(), fakes.steps())
    event = json.loads(told.read_text(encoding="utf-8"))
    assert (event["event"], event["outcome"], event["run_id"]) == ("failure", "interrupted", "a")


def test_a_command_that_fails_changes_nothing(places: Places) -> None:
    configure(places, "[refresh]\non_failure = 'no-such-command-at-all'")
    with pytest.raises(RefusedByCheck):
        refresh(places, Options(), fakes.steps(verdict=fakes.BROKEN))


@pytest.fixture
def posted() -> Iterator[tuple[str, list[bytes]]]:
    """A local address, and what was posted to it."""
    bodies: list[bytes] = []

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with HTTPServer(("127.0.0.1", 0), Keep) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", bodies
        server.shutdown()
        thread.join()


def test_a_webhook_is_posted_to_where_one_is_configured(
    posted: tuple[str, list[bytes]],
) -> None:
    address, bodies = posted
    assert announce.tell([address], {"event": "failure", "error": "错"}) is None
    assert [json.loads(body) for body in bodies] == [{"event": "failure", "error": "错"}]


def test_a_webhook_hears_of_a_failure_by_the_address_in_the_file(
    places: Places, posted: tuple[str, list[bytes]]
) -> None:
    address, bodies = posted
    configure(places, f'[refresh]\non_failure = "{address}"')
    with pytest.raises(RefusedByCheck):
        refresh(places, Options(), fakes.steps(verdict=fakes.BROKEN))
    [body] = bodies
    assert json.loads(body)["outcome"] == "refused"


def test_nobody_is_told_where_nothing_is_configured() -> None:
    assert announce.tell((), {"event": "failure"}) is None


def test_status_tells_runs_ages_and_what_waits(places: Places) -> None:
    (places.root / "inbox" / "letter.txt").write_text("words", encoding="utf-8")

    def with_regions(where: Places) -> None:
        fakes.build(where)
        with duckdb.connect(str(where.side)) as connection:
            connection.execute("drop table main.documents")
            connection.execute(
                "create table main.documents as "
                "select 'a' as document_id, '430200' as region_code, date '2023-09-01' "
                "as published_on"
            )
            connection.execute(
                "create table main.regions as "
                "select '430200' as region_code, '株洲市' as name_zh, 'Zhuzhou' as name_en"
            )

    refresh(places, Options(), fakes.steps(with_regions))
    found = status(places, settings.load(places.root))
    assert [(f.region_code, f.newest_document, f.is_old) for f in found.freshness] == [
        ("430200", "a", True)
    ]
    assert [name for name, _ in found.waiting] == ["letter.txt"]
    said = text_of(found)
    assert "Zhuzhou" in said
    assert "published" in said


def test_status_says_in_one_line_that_another_program_writes_into_the_file(
    places: Places,
) -> None:
    refresh(places, Options(), fakes.steps())
    code = (
        "import duckdb, sys\n"
        "connection = duckdb.connect(sys.argv[1])\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
    )
    places.published.chmod(0o644)
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(places.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    try:
        with pytest.raises(InputFault, match="open for writing") as caught:
            status(places, settings.load(places.root))
        assert "\n" not in caught.value.message
    finally:
        writer.communicate()
