"""Runs on Spark, in a process of its own: python on_spark.py ROWS.json ANSWERS.parquet.

ROWS.json holds the names of columns, rows of decimals as text (null is open), and expressions.
"""

import json
import sys
from pathlib import Path


def main(asked_in: str, answers: str) -> None:
    """Answer every expression for every row, each as text."""
    from pyspark.sql import SparkSession

    asked = json.loads(Path(asked_in).read_text(encoding="utf-8"))
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.constraintPropagation.enabled", "false")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .getOrCreate()
    )
    columns = [*asked["columns"], "row_number"]
    texts = session.createDataFrame(
        [(*row, number) for number, row in enumerate(asked["rows"])],
        ", ".join(f"{name} string" for name in asked["columns"]) + ", row_number int",
    )
    texts.createOrReplaceTempView("texts")
    typed = ", ".join(f"cast({name} as decimal(24, 6)) as {name}" for name in columns[:-1])
    shown = ", ".join(f"cast({sql} as string) as a{n}" for n, sql in enumerate(asked["sql"]))
    session.sql(
        f"select row_number, {shown} from (select row_number, {typed} from texts)"  # noqa: S608
    ).coalesce(1).write.parquet(answers)
    session.stop()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
