"""One build on Spark, on this machine: seeds, staging, observations, marts and every data test."""

import shutil
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from project.errors import InputFault
from project.language import say
from spark import dbt
from spark.java import java_home
from spark.places import Places

NEEDED: Final = ("pyspark", "sqlparams")


def build(at: Places) -> float:
    """Build and test everything anew on Spark; gives the seconds that it took.

    Raises InputFault, before anything is touched, where the extra is not installed or Java is
    missing or too old; RefusedByCheck where a model or a test failed.
    """
    settings = environment(at)
    shutil.rmtree(at.tables, ignore_errors=True)
    at.tables.mkdir(parents=True)
    begin = time.perf_counter()
    words = ["build", "--target", "spark", "--profiles-dir", str(at.root)]
    words += ["--exclude-resource-type", "unit_test"]
    dbt.run(at.root, at.target, at.logs, words, settings)
    return time.perf_counter() - begin


def environment(at: Places) -> dict[str, str]:
    """What dbt's target `spark` reads from the environment. Raises like `build`."""
    if any(find_spec(name) is None for name in NEEDED):
        raise InputFault(say("spark.extra_missing"))
    return {
        "JAVA_HOME": str(java_home(at.java)),
        "SPARK_CONF_DIR": str(Path(__file__).parent / "conf"),
        # Else Spark asks the network for this machine's name.
        "SPARK_LOCAL_IP": "127.0.0.1",
        "XUEWEI_SPARK_TABLES": str(at.tables),
    }
