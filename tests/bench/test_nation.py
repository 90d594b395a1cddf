"""What the synthetic nation promises: the same from the same number, in order, and known."""

import csv
import re
from pathlib import Path

import duckdb
import pytest

from bench.extraction import score
from bench.nation import Nation, make
from bench.nation.__main__ import known_rows
from bench.nation.catalogue import INDICATORS, indicators
from ingest.store.check import check_store
from project import paths

SCALE = 0.003
YEARS = 2
# Gives a city with its counties at that scale; many numbers give the nation alone.
SEED = 1


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    return make(tmp_path_factory.mktemp("nation") / "one", SCALE, SEED, years=YEARS)


def figures(nation: Nation) -> str:
    """The nation's figures as SQL reads them."""
    files = [file.as_posix() for file in nation.store.files("figures")]
    return f"read_parquet({files}, hive_partitioning = false)"


def digest(nation: Nation) -> tuple[object, ...]:
    [found] = duckdb.sql(
        f"select count(*), bit_xor(hash(figures)) from {figures(nation)} as figures"  # noqa: S608
    ).fetchall()
    return tuple(found)


def test_the_nation_passes_the_checks_of_the_store(nation: Nation) -> None:
    assert [fault.text() for fault in check_store(nation.store, nation.folder / "seeds")] == []


def test_the_same_number_makes_the_same_nation_and_another_a_different_one(
    nation: Nation, tmp_path: Path
) -> None:
    again = make(tmp_path / "again", SCALE, SEED, years=YEARS)
    assert digest(again) == digest(nation)
    planted = (nation.folder / "planted.csv").read_text(encoding="utf-8")
    assert (again.folder / "planted.csv").read_text(encoding="utf-8") == planted
    assert digest(make(tmp_path / "other", SCALE, SEED + 1, years=YEARS)) != digest(nation)


def test_the_catalogue_has_150_indicators_and_grows_with_copies() -> None:
    reference = paths.seeds_folder() / "reference"
    names = {each.indicator for each in indicators(reference, 1)}
    assert len(names) == INDICATORS
    assert len({each.indicator for each in indicators(reference, 3)}) > 2 * INDICATORS - 80


def test_counts_that_no_formula_reads_add_up_over_the_parts_of_a_city(nation: Nation) -> None:
    """Where the bulletins of a city and of all of its counties print one."""
    catalogue = indicators(paths.seeds_folder() / "reference", 1)
    fillers = [each.indicator for each in catalogue if each.is_filler and each.made == "leaf"]
    regions = (nation.folder / "seeds" / "reference" / "regions.csv").as_posix()
    found = duckdb.execute(
        f"""
        with printed as (
            select region_code, parent_region_code, region_level, indicator, period, value
            from {figures(nation)} as figures
            inner join (
                select region_code, any_value(parent_region_code) as parent_region_code,
                    any_value(region_level) as region_level
                from read_csv($regions, all_varchar = true) group by region_code
            ) using (region_code)
            where figures.document_id like '%-1' and unit_code <> '万人'
                and list_contains($fillers, indicator)
        ),
        parts as (
            select parent_region_code as region_code, indicator, period, count(*) as parts,
                sum(value) as together
            from printed where region_level = 'county'
            group by parent_region_code, indicator, period
        ),
        whole as (
            from parts qualify parts = max(parts) over (partition by region_code, period)
        )
        select count(*), count(*) filter (where value = together)
        from printed inner join whole using (region_code, indicator, period)
        where region_level = 'city'
        """,  # noqa: S608
        {"regions": regions, "fillers": fillers},
    ).fetchall()
    [(compared, equal)] = found
    assert compared == equal
    assert compared > 50


def test_every_kind_of_contradiction_is_planted_at_size(nation: Nation) -> None:
    with (nation.folder / "planted.csv").open(encoding="utf-8", newline="") as lines:
        planted = list(csv.DictReader(lines))
    assert {row["kind"] for row in planted} <= {"formula", "range", "repeat", "revision"}
    assert len({row["finding_id"] for row in planted}) == len(planted) == nation.planted


def test_a_text_prints_every_figure_where_its_row_says(nation: Nation) -> None:
    texts = sorted((nation.folder / "texts").glob("*.txt"))
    assert texts
    for file in texts:
        words = file.read_text(encoding="utf-8")
        rows = known_rows(nation, file.stem)
        for row in rows:
            assert words[int(row["char_start"]) : int(row["char_end"])] == row["printed"]
        assert len(re.findall(r"[0-9]+(?:\.[0-9]+)?", words)) >= len(rows)


def test_the_extractor_reads_the_texts_of_the_nation(nation: Nation) -> None:
    from datetime import date

    from ingest.meaning import extract, load_reference
    from ingest.readers import read

    reference = load_reference(nation.folder / "seeds")
    file = max((nation.folder / "texts").glob("*.txt"), key=lambda file: file.stat().st_size)
    proposals = extract(read(file), reference, date(2026, 11, 22)).proposals
    found = score(known_rows(nation, file.stem), proposals)
    assert found.right["found"] == found.asked["found"] > 100
    assert found.right["value"] >= 0.97 * found.asked["value"]
