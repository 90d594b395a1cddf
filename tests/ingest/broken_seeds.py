"""A tiny set of seeds in order, and the means to break it in one place."""

import csv
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.seeds.schema import load_schemas
from project import paths

BROKEN = Path(__file__).parent.parent / "broken"


@dataclass(frozen=True, slots=True)
class Case:
    """A change to one row of a seed, the rule that must catch it, and the row that it names."""

    rule: str
    seed: str
    row: int
    change: Mapping[str, str]
    fault_at: tuple[str, int]

    def __str__(self) -> str:
        """The case as pytest names it."""
        return f"{self.rule}-{self.seed}-{'-'.join(self.change)}"


def cases() -> list[Case]:
    """The cases of tests/broken/cases.csv."""
    with (BROKEN / "cases.csv").open(encoding="utf-8", newline="") as lines:
        return [_case(row) for row in csv.DictReader(lines)]


def _case(row: Mapping[str, str]) -> Case:
    seed, line = (row["fault_at"] or f"{row['seed']} {row['row']}").split()
    change = dict(cell.split("=", 1) for cell in row["change"].split("; "))
    return Case(row["rule"], row["seed"], int(row["row"]), change, (f"{seed}.csv", int(line)))


def lay_out(folder: Path) -> Path:
    """Lay the tiny seeds and the project's own YAML into one folder; other seeds stay empty."""
    shutil.copytree(BROKEN / "seeds", folder, dirs_exist_ok=True)
    for file in paths.seeds_folder().rglob("_*.yml"):
        shutil.copy(file, folder)
    for schema in load_schemas(folder).values():
        if not schema.path.exists():
            header = ",".join(column.name for column in schema.columns)
            schema.path.write_text(f"{header}\n", encoding="utf-8")
    return folder


def break_row(folder: Path, seed: str, line: int, change: Mapping[str, str]) -> None:
    """Change the row that begins at a line of a seed file."""
    file = folder / f"{seed}.csv"
    reader = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    header = next(reader)
    begin = reader.line_num + 1
    rows = [header]
    for row in reader:
        if begin == line:
            row = [change.get(name, value) for name, value in zip(header, row, strict=True)]
        rows.append(row)
        begin = reader.line_num + 1
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
