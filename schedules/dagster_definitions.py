"""The refresh as Dagster sees it: every dbt model an asset, made by one `xuewei refresh` a night.

An extra for teams that have Dagster (`pip install dagster dagster-dbt`); start it with
`dagster dev -f schedules/dagster_definitions.py`. dbt is not run a second time: the job publishes
or leaves everything as it was, and tells Dagster the rows of each mart.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

from dagster import (  # type: ignore[import-not-found]
    AssetExecutionContext,
    Definitions,
    Failure,
    MaterializeResult,
    ScheduleDefinition,
    define_asset_job,
    multi_asset,
)
from dagster_dbt import build_dbt_asset_specs  # type: ignore[import-not-found]

ROOT: Final = Path(os.environ.get("XUEWEI_ROOT", Path(__file__).resolve().parent.parent))
CODE: Final = Path(__file__).resolve().parent.parent

# What dbt wrote when it last parsed; `make warehouse` makes it.
MANIFEST: Final = ROOT / "target" / "side" / "manifest.json"


def _specs() -> list[Any]:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return [
        spec.replace_attributes(skippable=True) for spec in build_dbt_asset_specs(manifest=manifest)
    ]


def _refresh(context: AssetExecutionContext) -> Iterator[Any]:
    """Run the job; a run that had nothing to do makes no asset."""
    ended = subprocess.run(  # noqa: S603
        [sys.executable, str(CODE / "xuewei.py"), "refresh", "--log-format", "json"],
        env={**os.environ, "XUEWEI_ROOT": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    for line in ended.stderr.splitlines():
        context.log.info(line)
    if ended.returncode:
        raise Failure(f"xuewei refresh ended with {ended.returncode}: {ended.stderr[-2000:]}")
    summary = json.loads(ended.stdout)
    if summary["outcome"] != "published":
        return
    for key in ORDER:
        rows = summary["rows"].get(key.path[-1])
        metadata = {"version": summary["version"], **({} if rows is None else {"rows": rows})}
        yield MaterializeResult(asset_key=key, metadata=metadata)


SPECS: Final = _specs()
# Dagster wants to hear of an asset after those that it is made from.
ORDER: Final = [
    key
    for key in TopologicalSorter(
        {spec.key: {dependency.asset_key for dependency in spec.deps} for spec in SPECS}
    ).static_order()
    if key in {spec.key for spec in SPECS}
]
warehouse = multi_asset(name="warehouse", specs=SPECS)(_refresh)
nightly = define_asset_job("refresh_warehouse", selection=[warehouse])
definitions = Definitions(
    assets=[warehouse],
    jobs=[nightly],
    schedules=[
        ScheduleDefinition(
            job=nightly, cron_schedule="30 2 * * *", execution_timezone="Asia/Shanghai"
        )
    ],
)
