"""The pages for the scheduled job: their commands exist, and show what really comes out.

`XUEWEI_REWRITE_DOCS=1` runs every block on a project of its own and puts the real output into the
pages, which takes some minutes; `XUEWEI_SLOW=1` does the same and compares.
"""

import os
import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from project import paths
from project.errors import ExitCode
from project.language import set_language
from refresh import settings
from refresh.places import Places
from tests.refresh import documented, fakes
from tests.refresh.real import copy_project
from xuewei import application

PAGES = {"scheduled-job.md": "en", "scheduled-job.zh.md": "zh"}
MUST_RUN = bool(os.environ.get("XUEWEI_SLOW") or os.environ.get("XUEWEI_REWRITE_DOCS"))

# What no two runs share: seconds, moments, versions by their moment, processes, sizes of marts.
VOLATILE = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:+Z]*|\d+(?:[.,]\d+)*| {2,}")
# Where a line was cut depends on how long those were.
SURE = 60


def without_what_varies(page: str) -> list[str]:
    lines = [VOLATILE.sub("#", line) for line in page.splitlines()]
    return [line[:SURE] if line.endswith("...") else line for line in lines]


def text_of(name: str) -> str:
    return (paths.root() / "docs" / name).read_text(encoding="utf-8")


def typed(page: str) -> list[str]:
    """Every command of ours on a page, without its prompt."""
    return [
        line.removeprefix("$ ")
        for line in page.splitlines()
        if line.startswith(("$ xuewei ", "$ make ", "$ python "))
    ]


def test_both_pages_show_the_same_commands() -> None:
    english, chinese = (typed(text_of(name)) for name in PAGES)
    assert english == chinese
    assert len(english) > 10


@pytest.mark.parametrize("name", PAGES)
def test_every_command_and_option_of_the_pages_exists(name: str) -> None:
    commands = typer.main.get_command(application()).commands  # type: ignore[attr-defined]
    for line in typed(text_of(name)):
        program, command, *words = line.split()
        if program == "xuewei":
            known = {option for entry in commands[command].params for option in entry.opts}
            assert {word for word in words if word.startswith("-")} <= known, line


@pytest.mark.parametrize("name", PAGES)
def test_every_option_of_refresh_is_on_the_pages(name: str) -> None:
    commands = typer.main.get_command(application()).commands  # type: ignore[attr-defined]
    page = text_of(name)
    for parameter in commands["refresh"].params:
        for option in parameter.opts:
            assert f"`{option}" in page, option


@pytest.mark.parametrize("name", PAGES)
def test_the_settings_of_the_pages_can_be_read(name: str, tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", text_of(name), re.DOTALL)
    (tmp_path / settings.FILE).write_text(example, encoding="utf-8")
    found = settings.load(tmp_path)
    assert found.on_findings == ("python3", "tools/open_ticket.py")
    # Engine settings may stand beside them; none is missing here that a site would look for.
    assert {"inbox", "keep", "freshness_days", "on_failure", "on_findings"} <= set(
        tomllib.loads(example)["refresh"]
    )


@pytest.mark.parametrize("name", PAGES)
def test_the_exit_codes_shown_are_those_of_their_failures(name: str) -> None:
    shown = {
        block["name"]: re.findall(r"^\$ echo \$\?\n(\d+)$", block["lines"], re.MULTILINE)
        for block in documented.BLOCK.finditer(text_of(name))
    }
    assert {block: codes for block, codes in shown.items() if codes} == {
        "broken-seed": [str(int(ExitCode.INPUT_FAULT))],
        "contradiction": [str(int(ExitCode.REFUSED_BY_CHECK))],
        "locked": [str(int(ExitCode.LOCKED))],
        "changed": [str(int(ExitCode.PUBLISHED))],
    }


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_show_output_in_their_own_language(name: str) -> None:
    for block in documented.BLOCK.finditer(text_of(name)):
        said = "\n".join(ln for ln in block["lines"].splitlines() if not ln.startswith("$ "))
        assert said, block["name"]
        has_chinese = bool(re.search("[\u4e00-\u9fff]", said.splitlines()[0]))
        assert has_chinese == (PAGES[name] == "zh"), block["name"]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_place_on_a_machine_of_ours(name: str) -> None:
    assert not re.search(r"/(?:home|root|work|tmp|Users)/", text_of(name))


def test_what_the_pages_say_of_the_history_in_sql_runs(places: Places) -> None:
    import duckdb

    from refresh.run import Options, refresh

    refresh(places, Options(), fakes.steps())
    refresh(places, Options(force=True), fakes.steps())
    for name in PAGES:
        [query] = re.findall(r"```sql\n(select started_at.*?)```", text_of(name), re.DOTALL)
        with duckdb.connect(str(places.published), read_only=True) as connection:
            [row] = connection.execute(query).fetchall()
        assert row[1:3] == ("published", 0)


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_shows_is_what_comes_out(name: str, tmp_path: Path) -> None:
    if not MUST_RUN:
        pytest.skip("builds the warehouse several times: XUEWEI_SLOW=1 compares, see above")
    set_language(PAGES[name])
    copy_project(tmp_path / "project")
    real = documented.with_real_output(text_of(name), tmp_path / "project", PAGES[name])
    if os.environ.get("XUEWEI_REWRITE_DOCS"):
        (paths.root() / "docs" / name).write_text(real, encoding="utf-8")
    assert without_what_varies(text_of(name)) == without_what_varies(real)
