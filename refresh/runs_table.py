"""The run history as a table of the warehouse, so that analysts see it where they look."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from refresh.history import Run

TABLE: Final = "One row per run of the refresh before this version ｜ 每行一次刷新（本版本之前）"

# Column, type, description.
COLUMNS: Final = (
    ("run_id", "varchar", "Code of the run ｜ 运行代码"),
    ("outcome", "varchar", "What came of it ｜ 结果"),
    ("version", "varchar", "Version that it published ｜ 所发布的版本"),
    ("rows_by_mart", "varchar", "Rows per mart, as JSON ｜ 各主题表行数（JSON）"),
    ("seconds_by_step", "varchar", "Seconds per step, as JSON ｜ 各步骤用时（秒，JSON）"),
    ("error", "varchar", "What went wrong ｜ 出错说明"),
    (
        "exit_code",
        "integer",
        "Exit code of the command, null for a run that was killed ｜ 退出码；被杀的运行为空",
    ),
    ("documents", "bigint", "Documents in the version ｜ 版本中的文件数"),
    ("figures", "bigint", "Figures in the version ｜ 版本中的统计数字数"),
    ("findings_new", "bigint", "Contradictions that were new ｜ 新出现的矛盾数"),
    ("findings_gone", "bigint", "Contradictions that were gone ｜ 已消失的矛盾数"),
    ("seconds", "decimal(12,3)", "Seconds in all ｜ 总用时（秒）"),
    ("started_at", "timestamp", "Start, in UTC ｜ 开始时间（UTC）"),
    ("ended_at", "timestamp", "End, in UTC ｜ 结束时间（UTC）"),
)


def add(file: Path, runs: Iterable[Run]) -> None:
    """Add the table `main.refresh_runs` to a file, described, and leave no log beside the file."""
    import duckdb

    rows = [_row(run) for run in runs]
    definitions = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS)
    lists = ", ".join(f"cast(unnest(?) as {type_})" for _, type_, _ in COLUMNS)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"create or replace table main.refresh_runs ({definitions})")
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            connection.execute(f"insert into main.refresh_runs select {lists}", columns)
        connection.execute(f"comment on table main.refresh_runs is '{TABLE}'")
        for name, _, description in COLUMNS:
            connection.execute(f"comment on column main.refresh_runs.{name} is '{description}'")
        connection.execute("force checkpoint")


def _row(run: Run) -> tuple[Any, ...]:
    return (
        run.run_id,
        run.outcome,
        run.version,
        _json(run.rows),
        _json(run.seconds),
        run.error,
        _text(run.exit_code),
        _text(run.documents),
        _text(run.figures),
        str(len(run.findings_new)),
        str(len(run.findings_gone)),
        str(round(sum(run.seconds.values()), 3)),
        # Without its zone: the columns say that they are in UTC.
        run.started_at[:19],
        run.ended_at[:19],
    )


def _json(content: object) -> str | None:
    return json.dumps(content, sort_keys=True) if content else None


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
