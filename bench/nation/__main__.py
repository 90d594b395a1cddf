"""Makes a nation, checks its store, and asks the extractor to read the sample of its texts.

python -m bench.nation --scale 0.01 --folder /tmp/nation     # 1 is about ten million figures
python -m bench.nation --scale 0.01 --folder /tmp/nation --no-texts
"""

import argparse
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import typer

from bench.extraction import Row, score, show
from bench.nation import Nation, make


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was made; 1 where the store does not pass its own checks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--scale", type=float, default=0.01, help="0.01 to 10; 1 is national size")
    parser.add_argument("--seed", type=int, default=1, help="the number it is made from")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--no-texts", action="store_true", help="leave the extractor out")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    nation = make(options.folder, options.scale, options.seed)
    seconds = time.perf_counter() - start
    size = sum(file.stat().st_size for _, file in nation.store.all_files())
    typer.echo(
        f"{nation.figures:,} figures in {nation.documents:,} documents, {nation.planted:,}"
        f" contradictions planted; made in {seconds:.1f} s; store {size / 1e6:,.1f} MB,"
        f" {size / nation.figures:.1f} bytes a figure"
    )
    faults = check(nation)
    if not options.no_texts:
        read_texts(nation)
    return int(faults > 0)


def check(nation: Nation) -> int:
    """Check the store as a refresh does, and print how long that takes; the faults found."""
    from ingest.store.check import check_store

    start = time.perf_counter()
    faults = check_store(nation.store, nation.folder / "seeds")
    typer.echo(f"store checked in {time.perf_counter() - start:.1f} s: {len(faults)} faults")
    for fault in faults[:10]:
        typer.echo(f"  {fault.text()}")
    return len(faults)


def read_texts(nation: Nation) -> None:
    """Print how much of the sample's known figures the extractor finds."""
    from ingest.meaning import extract, load_reference
    from ingest.readers import read

    reference = load_reference(nation.folder / "seeds")
    scores = {}
    for file in sorted((nation.folder / "texts").glob("*.txt")):
        extraction = extract(read(file), reference, date(2026, 11, 22))
        scores[file.stem] = score(known_rows(nation, file.stem), extraction.proposals)
    show("Sample of the nation's texts", scores)


def known_rows(nation: Nation, document: str) -> list[Row]:
    """What a text states, as the reviewed rows of the extraction benchmark."""
    rows: list[Row] = []
    for table, kind in (("figures", "figure"), ("non_figures", "non_figure")):
        place = nation.store.folder / table / f"province={document[:2]}" / "*" / "*.parquet"
        found = duckdb.execute(
            "from read_parquet(?, hive_partitioning = false) where document_id = ?",
            [place.as_posix(), document],
        )
        names = [name for name, *_ in found.description or ()]
        for row in found.fetchall():
            texts = ("" if cell is None else str(cell) for cell in row)
            rows.append({**dict(zip(names, texts, strict=True)), "kind": kind})
    return rows


if __name__ == "__main__":
    raise SystemExit(main())
