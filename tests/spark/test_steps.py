"""A query is taken apart into its CTEs, whatever stands in their strings and comments."""

import ast
import re
from types import SimpleNamespace

from jinja2 import Environment

from project import paths

QUERY = """\
-- A word (not closed before the query
with

first as (
    select ')' as closing, 'it''s (' as opening -- the row's, (as it is
    from seeds.regions
),

-- What (is) between.
second as (
    with first as (select 1 as one /* ) */) select count(*) as n from first
)

select coalesce(max(n), (0)) as n from second
inner join first on true
"""


def parts(query: str) -> tuple[list[tuple[str, str]], str]:
    """What the macro parts_of_query gives, rendered without dbt."""
    file = paths.root() / "macros" / "portable" / "steps.sql"
    text = re.sub(
        r"\{% materialization .*?endmaterialization %\}", "", file.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )  # fmt: skip
    environment = Environment(extensions=["jinja2.ext.do"])  # noqa: S701 - SQL, not HTML
    environment.globals.update(modules=SimpleNamespace(re=re), **{"return": repr})
    module = environment.from_string(text).module
    found = ast.literal_eval(str(module.parts_of_query(query)).strip())  # type: ignore[attr-defined]
    return found[0], found[1]


def test_ctes_are_found_with_their_bodies_and_what_follows() -> None:
    ctes, ending = parts(QUERY)
    assert [name for name, _ in ctes] == ["first", "second"]
    assert ctes[0][1].strip().endswith("from seeds.regions")
    assert "'it''s ('" in ctes[0][1]
    assert ctes[1][1].strip().startswith("with first as (")
    assert ending.split() == QUERY.partition("\n)\n\n")[2].split()


def test_a_query_without_ctes_stays_whole() -> None:
    query = "select (1) as one from (select 2) as two"
    assert parts(query) == ([], query)
