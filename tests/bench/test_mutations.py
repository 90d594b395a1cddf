"""The benchmarks of the checks measure what they say."""

from decimal import Decimal
from pathlib import Path

import pytest

from bench import scratch_project
from bench.mutated_figures import Figure, Mutation, mutations
from bench.mutated_worlds import contradicted_worlds, read_figures
from bench.mutation_slack import Checks
from bench.national import read_statements
from tests.in_dbt import dbt, must


def figure(printed: str, value: str | None, low: str | None, high: str | None) -> Figure:
    ends = [None if text is None else Decimal(text) for text in (value, low, high)]
    return Figure("f-1", printed, "430200", "actual", *ends)


def test_a_slip_changes_one_number_and_keeps_the_width_of_its_interval() -> None:
    slips = list(mutations(figure("51.90%", "51.9", "51.895", "51.905")))
    after = [slip.after for slip in slips if slip.kind == "one digit"]
    assert after == ["61.90", "01.90", "52.90", "56.90", "51.00", "51.40", "51.91", "51.95"]
    assert [slip.after for slip in slips if slip.kind == "lost point"] == ["5190"]
    assert [slip.after for slip in slips if slip.kind == "swapped digits"] == [
        "15.90",
        "59.10",
        "51.09",
    ]
    for slip in slips:
        assert slip.value is not None and slip.low is not None and slip.high is not None
        grown = 100 if slip.kind == "lost point" else 1
        assert (slip.value - slip.low, slip.high - slip.value) == (Decimal("0.005") * grown,) * 2


def test_swapping_two_equal_digits_is_no_slip() -> None:
    slips = mutations(figure("55", "55", "55", "55"))
    assert {slip.kind for slip in slips} == {"one digit"}


def test_a_slip_in_an_end_of_a_range_moves_that_end_only() -> None:
    slips = list(mutations(figure("80%-90%", None, "80", "90")))
    assert {(slip.low, slip.high) for slip in slips if slip.before == "80"} >= {
        (Decimal(81), Decimal(90)),
        (Decimal(8), Decimal(90)),
    }
    assert all(slip.low is not None and slip.low <= (slip.high or 0) for slip in slips)


def test_an_open_end_stays_open() -> None:
    slips = list(mutations(figure("90%", "90", "90", None)))
    assert slips
    assert all(slip.high is None and slip.low == slip.value for slip in slips)


@pytest.fixture(scope="module")
def slips(warehouse: Path) -> dict[tuple[str, str], Mutation]:
    return {
        (slip.figure_id, slip.after): slip
        for known in read_figures(warehouse)
        for slip in mutations(known)
    }


@pytest.mark.filterwarnings("default")
def test_a_world_is_contradicted_exactly_where_its_slip_moves_a_check(
    warehouse: Path, slips: dict[tuple[str, str], Mutation], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(folder: Path, *select: str) -> None:
        words = ("run", "--exclude", "path:models/staging", "--select", *select)
        must(dbt(folder, folder, *words))

    # As the benchmark does, but in this process, which has imported dbt already.
    monkeypatch.setattr(scratch_project, "run", run)
    checks = Checks(warehouse)
    asked = {
        ("zhuzhou-2023-6-019", "535"): True,  # the districts no longer add up to the city
        ("zhuzhou-2023-27-001", "128819"): True,  # another gap than the one that was judged
        ("zhuzhou-2023-27-039", "110"): True,  # more than all, and not what the other letter says
        ("moe-2021-003", "1.57"): True,  # the growth no longer follows from the levels
        ("zhuzhou-2023-27-034", "91.3"): False,  # nothing else speaks of that share
    }
    worlds = [slips[key] for key in asked]
    caught = contradicted_worlds(warehouse, worlds)
    assert [number in caught for number in range(len(worlds))] == list(asked.values())
    assert [checks.is_catchable(world) for world in worlds] == list(asked.values())


def test_the_national_statements_agree_by_interval_and_not_all_by_plain_comparison(
    warehouse: Path,
) -> None:
    statements = read_statements(warehouse)
    assert len(statements) == 101
    assert {statement.verdict for statement in statements} == {"consistent"}
    assert 0 < sum(not statement.is_plainly_equal for statement in statements) < 99
