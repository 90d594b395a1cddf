"""What sheets cost to read: against a bare read of the same file, by size, and where hostile.

    python -m bench.sheets [WORKBOOK ...]

Each file is read in a process of its own; seconds are of one core. The bare read is
python-calamine's, which gives values without formats, tables and headings.
"""

import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer
import xlsxwriter

SIZES: Final = ((500, 150), (1000, 150), (2000, 150), (4000, 150))
_KILOBYTES: Final = 1024


def numbers(file: Path, rows: int, columns: int) -> None:
    """A yearbook's table: headings, names, numbers."""
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["地区", *(f"指标{n}（人）" for n in range(1, columns))])
        for row in range(1, rows):
            sheet.write_row(row, 0, [f"第{row}县", *(row * n % 99_991 for n in range(1, columns))])


def last_corner(file: Path) -> None:
    """Two cells, seventeen thousand million places apart."""
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)


def widest(file: Path) -> None:
    """Rows as wide as a sheet can be."""
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(62):
            sheet.write_row(row, 0, range(16_384))


def merged(file: Path) -> None:
    """One merge over the whole sheet."""
    beside = file.with_suffix(".small")
    with xlsxwriter.Workbook(str(beside)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:B2", "合并")
        sheet.write(5, 5, 3)
    with zipfile.ZipFile(beside) as small, zipfile.ZipFile(file, "w") as whole:
        for part in small.namelist():
            whole.writestr(part, small.read(part).replace(b"A1:B2", b"A1:XFD1048576"))


def words(file: Path) -> None:
    """20,000 rows of 200 texts, four times what a table may hold."""
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(20_000):
            sheet.write_row(row, 0, ["学校情况"] * 200)


def labels(file: Path) -> None:
    """As many places as a table may hold, all of them words."""
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(20_000):
            sheet.write_row(row, 0, [f"甲{row}乙{column}" for column in range(50)])


def hidden(file: Path) -> None:
    """Every other row and column hidden."""
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for row in range(2000):
            sheet.set_row(row, None, None, {"hidden": row % 2})
            sheet.write_row(row, 0, range(200))
        for column in range(0, 200, 2):
            sheet.set_column(column, column, None, None, {"hidden": True})


HOSTILE: Final[tuple[Callable[[Path], None], ...]] = (
    last_corner,
    widest,
    merged,
    words,
    labels,
    hidden,
)


def read_in_full(file: str) -> None:
    """Print seconds, megabytes and what became of a file."""
    from ingest.readers import ReaderError, read

    begin = time.process_time()
    try:
        document = read(Path(file))
        outcome = f"{sum(len(table.cells) for table in document.tables):,} cells"
    except ReaderError as error:
        outcome = f"refused: {error.problem_key}"
    spent = time.process_time() - begin
    peak = getrusage(RUSAGE_SELF).ru_maxrss // _KILOBYTES
    sys.stdout.write(f"{spent}\n{peak}\n{outcome}\n")


def read_bare(file: str) -> None:
    """Print seconds and megabytes of a bare read."""
    from python_calamine import CalamineWorkbook

    begin = time.process_time()
    for name in (book := CalamineWorkbook.from_path(file)).sheet_names:
        book.get_sheet_by_name(name).to_python()
    peak = getrusage(RUSAGE_SELF).ru_maxrss // _KILOBYTES
    sys.stdout.write(f"{time.process_time() - begin}\n{peak}\nbare\n")


def _apart(what: str) -> list[str]:
    """The lines that a call prints in a process of its own, whose memory is not ours."""
    code = f"from pathlib import Path; from bench import sheets; sheets.{what}"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def _measured(how: Callable[[str], None], file: Path) -> tuple[float, int, str]:
    spent, peak, outcome = _apart(f"{how.__name__}({str(file)!r})")
    return float(spent), int(peak), outcome


def _files(folder: Path, given: list[Path]) -> Iterator[tuple[str, Path]]:
    for file in given:
        yield file.name, file
    for rows, columns in SIZES:
        file = folder / f"{rows}.xlsx"
        _apart(f"numbers(Path({str(file)!r}), {rows}, {columns})")
        yield f"{rows:,} x {columns}", file


def main(workbooks: Annotated[list[Path] | None, typer.Argument()] = None) -> None:
    """Print a line for each sheet."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        typer.echo(f"{'sheet':<28}{'seconds':>9}{'MB':>6}{'bare s':>9}{'ratio':>8}  outcome")
        for title, file in _files(folder, workbooks or []):
            spent, peak, outcome = _measured(read_in_full, file)
            bare, _, _ = _measured(read_bare, file)
            line = f"{title:<28}{spent:>9.2f}{peak:>6}{bare:>9.2f}{spent / bare:>7.1f}x"
            typer.echo(f"{line}  {outcome}")
        typer.echo(f"\n{'hostile sheet':<28}{'seconds':>9}{'MB':>6}  outcome")
        for make in HOSTILE:
            file = folder / f"{make.__name__}.xlsx"
            _apart(f"{make.__name__}(Path({str(file)!r}))")
            spent, peak, outcome = _measured(read_in_full, file)
            typer.echo(f"{make.__name__:<28}{spent:>9.2f}{peak:>6}  {outcome}")


if __name__ == "__main__":
    typer.run(main)
