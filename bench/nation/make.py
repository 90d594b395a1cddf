"""Makes the nation: a project folder with reference seeds, a figure store, and what is known of it.

FOLDER/store/           the figures, documents and non-figures, as `xuewei store` keeps them
FOLDER/planted.csv      every contradiction that was planted: finding_id, kind
FOLDER/texts/           the text of a sample of the documents
FOLDER/seeds, models, macros, dbt_project.yml, profiles.yml: the project that builds it
"""

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from bench import scratch_project
from bench.nation.catalogue import Indicator, copied, indicators
from bench.nation.printed import DOCUMENTS, STATED
from bench.nation.truth import FIRST_YEAR, YEARS, make_filling, make_truth
from ingest.seeds.schema import load_schemas
from ingest.store import Store
from ingest.store.layout import TABLES
from ingest.store.write import FORMAT, ORDER, select_list
from project import machine, paths

if TYPE_CHECKING:
    from ingest.seeds.schema import SeedSchema

STORE: Final = "store"
EMPTIED: Final = (
    "documents", "figures", "non_figures", "corrections", "measures", "measure_owners",
    "document_relations", "acknowledged_findings", "expected_row_counts",
)  # fmt: skip
SAMPLE: Final = 40
NUMERALS: Final = "[0-9一二三四五六七八九十百千万亿两半双]"


@dataclass(frozen=True, slots=True)
class Nation:
    """What was made."""

    folder: Path
    figures: int
    documents: int
    planted: int

    @property
    def store(self) -> Store:
        """Its figure store."""
        return Store(self.folder / STORE)


def make(
    folder: Path, scale: float, seed: int, memory: int | None = None, years: int = YEARS
) -> Nation:
    """Make the nation of a size and a number: 1 is about ten million figures in 20 years."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = max(1, round(1 + (scale - 1) * 1.55))
    catalogue = indicators(paths.seeds_folder() / "reference", copies)
    lay_out_project(folder, catalogue)
    settings = machine.engine(folder / "spilled", memory).settings
    with duckdb.connect(config=settings) as connection:
        connection.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        regions = (folder / "seeds" / "reference" / "regions.csv").as_posix()
        make_truth(connection, catalogue, regions, seed, scale)
        _read_catalogue(connection, catalogue, folder / "seeds" / "reference")
        connection.execute("create table planted (finding_id varchar, kind varchar)")
        schemas = load_schemas(folder / "seeds")
        _empty_store(connection, folder, {table: schemas[table] for table in TABLES})
        counts = [
            _year(connection, folder, catalogue, schemas, year, seed)
            for year in range(FIRST_YEAR, FIRST_YEAR + years)
        ]
        planted = connection.execute("from planted order by all").fetchall()
    shutil.rmtree(folder / "spilled", ignore_errors=True)
    with (folder / "planted.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("finding_id", "kind"), *planted])
    figures, documents = (sum(each) for each in zip(*counts, strict=True))
    return Nation(folder, figures, documents, len(planted))


def lay_out_project(folder: Path, catalogue: Sequence[Indicator]) -> None:
    """The project's own models on empty seeds of documents and the nation's indicators."""
    for name in ("seeds", "models", "macros", STORE, "texts"):
        target = folder / name
        if target.is_symlink():
            target.unlink()
        elif target.exists():
            shutil.rmtree(target)
    scratch_project.lay_out(folder, "nation.duckdb")
    for name, schema in load_schemas(folder / "seeds").items():
        if name in EMPTIED:
            header = ",".join(column.name for column in schema.columns)
            schema.path.write_text(f"{header}\n", encoding="utf-8")
    use_store(folder)
    _add_copies(folder / "seeds" / "reference" / "indicators.csv", catalogue)


def use_store(folder: Path) -> None:
    """Let the project read its figures from the nation's store."""
    words = scratch_project.project().replace("figure_store: null", f"figure_store: {STORE}")
    (folder / "dbt_project.yml").write_text(words, encoding="utf-8")


def _add_copies(file: Path, catalogue: Sequence[Indicator]) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = {row["indicator"]: row for row in csv.DictReader(lines)}
    for each in catalogue:
        name, _, copy = each.indicator.partition("_copy_")
        if copy:
            own = {
                "indicator": copied(name, int(copy)),
                "name_zh": f"{rows[name]['name_zh']}之{copy}",
            }
            rows[each.indicator] = {**rows[name], **own}
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(next(iter(rows.values()))), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.values())


def _read_catalogue(
    connection: duckdb.DuckDBPyConnection, catalogue: Sequence[Indicator], reference: Path
) -> None:
    """Table catalogue: what the printing has to know of each indicator; words without numerals."""
    connection.execute(
        "create table made (number bigint, indicator varchar, sector varchar, made varchar,"
        " printed double, decimals int, leaf_formula varchar, is_filler boolean)"
    )
    connection.executemany(
        "insert into made values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (each.number, each.indicator, each.sector, each.made, each.printed, each.decimals,
             each.leaf_formula, each.is_filler)
            for each in catalogue
        ],
    )  # fmt: skip
    connection.execute(
        f"""
        create table catalogue as
        with words as (
            select indicator, min(alias_zh) as alias_zh
            from read_csv($aliases, all_varchar = true)
            where sector = 'total' and not regexp_matches(alias_zh, '{NUMERALS}')
            group by indicator
        )
        select made.*, listed.unit_code, listed.measure_type,
            coalesce(words.alias_zh, own_words.alias_zh, listed.name_zh) as words_zh
        from made inner join read_csv($indicators, all_varchar = true) as listed using (indicator)
        left join words using (indicator)
        left join words as own_words
            on regexp_replace(made.indicator, '_(change|growth)$', '') = own_words.indicator
        """,  # noqa: S608 - ours
        {
            "aliases": (reference / "indicator_aliases.csv").as_posix(),
            "indicators": (reference / "indicators.csv").as_posix(),
        },
    )


def _empty_store(
    connection: duckdb.DuckDBPyConnection, folder: Path, schemas: "dict[str, SeedSchema]"
) -> None:
    from ingest.store.write import lay_out

    lay_out(Store(folder / STORE), schemas)


def _year(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    catalogue: Sequence[Indicator],
    schemas: "dict[str, SeedSchema]",
    year: int,
    seed: int,
) -> tuple[int, int]:
    make_filling(connection, year, seed)
    names = [each.column for each in catalogue if not each.is_filler]
    columns = ", ".join(f"cast({name} as double) as {name}" for name in names)
    stated = STATED.format(columns=columns, names=", ".join(names))
    for statement in f"{stated};{DOCUMENTS}".split(";\n"):
        if statement.strip(" \n;"):
            wanted = {name: value for name, value in (("year", year), ("seed", seed))
                      if f"${name}" in statement}  # fmt: skip
            connection.execute(statement, wanted)
    for table in TABLES:
        target = (folder / STORE / table).as_posix()
        connection.execute(
            f"copy (select {select_list(schemas[table])}, left(document_id, 2) as province,"  # noqa: S608
            f" '{year + 1:04d}' as year from new_{table} order by {ORDER[table]})"
            f" to '{target}' ({FORMAT}, partition_by (province, year), overwrite_or_ignore true)"
        )
    _write_texts(connection, folder / "texts", year)
    [found] = connection.execute(
        "select (select count(*) from new_figures), (select count(*) from new_documents)"
    ).fetchall()
    return int(found[0]), int(found[1])


def _write_texts(connection: duckdb.DuckDBPyConnection, folder: Path, year: int) -> None:
    """The texts of a few documents of a year, always the same ones for the same nation."""
    folder.mkdir(exist_ok=True)
    texts = connection.execute(
        "select document_id, text from texts order by md5(document_id) limit ?",
        [SAMPLE // YEARS],
    ).fetchall()
    for document, text in texts:
        with (folder / f"{document}.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(text)
