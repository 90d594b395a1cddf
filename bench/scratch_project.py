"""The project's own models on a database of a benchmark's making."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from project import paths

PROFILE = """\
xuewei:
  target: scratch
  outputs:
    scratch:
      {type: duckdb, path: DATABASE, threads: THREADS, settings: {memory_limit: MEMORY}}
"""


def lay_out(folder: Path, database: str, memory: str = "3GB", threads: int = 2) -> None:
    """A project folder whose models are the project's and whose database is another one."""
    profile = PROFILE.replace("DATABASE", database).replace("MEMORY", memory)
    profile = profile.replace("THREADS", str(threads))
    (folder / "profiles.yml").write_text(profile, encoding="utf-8")
    (folder / "dbt_project.yml").write_text(project(), encoding="utf-8")
    for name in ("macros", "models"):
        (folder / name).symlink_to(paths.root() / name)
    shutil.copytree(paths.seeds_folder(), folder / "seeds")


def project() -> str:
    """The project's own dbt_project.yml, without comments on tables."""
    words = (paths.root() / "dbt_project.yml").read_text(encoding="utf-8")
    # A made-up database has the columns that models read, not all that are described.
    return words.replace("{relation: true, columns: true}", "{relation: false, columns: false}")


def run(folder: Path, *select: str) -> dict[str, float]:
    """Build the chosen models but for staging; the seconds that each took."""
    dbt = Path(sys.executable).with_name("dbt")
    command: Sequence[str | Path] = [
        *(dbt, "--quiet", "run", "--exclude", "path:models/staging", "--select"),
        *select,
    ]
    subprocess.run(  # noqa: S603 - ours
        command, cwd=folder, check=True, env={**os.environ, "DO_NOT_TRACK": "1"}
    )
    results = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))
    return {
        result["unique_id"].split(".")[2]: result["execution_time"] for result in results["results"]
    }
