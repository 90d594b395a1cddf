"""The queries that a report and an analyst ask of a large warehouse, and how long each takes."""

import statistics
import time
from typing import Final

import duckdb
import typer

RUNS: Final = 5
MILLISECONDS: Final = 50

# Each is asked for one city, $city, or one figure, $figure, as the pages of a report are drawn.
QUERIES: Final = {
    "places of a city over the years": "select * from main.kindergarten_places"
    " where region_code = $city order by period",
    "posts of the counties of a city": "select posts.* from main.teacher_posts as posts"
    " inner join main.regions as places using (region_code)"
    " where places.parent_region_code = $city",
    "contradictions of a city": "select sentence_zh, gap from main.consistency_findings"
    " where region_code = $city and verdict = 'contradiction'",
    "all contradictions": "select finding_id, gap from main.consistency_findings"
    " where verdict = 'contradiction' order by abs(gap) desc limit 100",
    "findings of a city by verdict": "select verdict, count(*) from main.consistency_findings"
    " where region_code = $city group by verdict",
    "targets of a city": "select * from main.target_progress where region_code = $city",
    "one figure": "select * from main.figures where figure_id = $figure",
    "figures of a document": "select * from main.figures where document_id = $document"
    " order by char_start",
    "documents of a city": "select * from main.documents where region_code = $city",
    "provinces side by side": "select region_code, period, places, enrolment"
    " from main.kindergarten_places where region_code like '__0000' and sector = 'total'",
    "childcare of a city": "select * from main.childcare_capacity where region_code = $city",
    "births and demand of a city": "select * from main.kindergarten_demand"
    " where region_code = $city",
    "accounting of a document": "select * from main.number_accounting"
    " where document_id = $document",
}


def show_queries(connection: duckdb.DuckDBPyConnection) -> float:
    """Print the slowest queries, medians of five; the milliseconds of the slowest."""
    [(figure, document, city)] = connection.execute(
        "select figure_id, document_id, region_code from main.figures"
        " where document_id like '%-2' and region_code = left(document_id, 6)"
        " order by figure_id limit 1"
    ).fetchall()
    given = {"figure": figure, "document": document, "city": city}
    took = {name: _median(connection, query, given) for name, query in QUERIES.items()}
    slowest = sorted(took.items(), key=lambda item: -item[1])
    within = sum(milliseconds < MILLISECONDS for milliseconds in took.values())
    typer.echo(f"{within} of {len(took)} queries of a report under {MILLISECONDS} ms; slowest:")
    for name, milliseconds in slowest[:4]:
        typer.echo(f"  {milliseconds:>7.1f} ms  {name}")
    return slowest[0][1]


def _median(connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, str]) -> float:
    wanted = {name: value for name, value in given.items() if f"${name}" in query}
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        connection.execute(query, wanted).fetchall()
        times.append(time.perf_counter() - begin)
    return 1000 * statistics.median(times)
