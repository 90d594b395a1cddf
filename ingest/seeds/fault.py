"""A fault in a seed, told in one line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from project.language import say


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and how to mend it.

    rule: name of the broken rule; its sentences are the messages `ingest.seed_<rule>`.
    file: name of the seed file, relative to the folder of the seeds.
    row: line at which the row begins as an editor counts, the header being 1; None for a fault
        of the whole file.
    """

    rule: str
    file: str
    row: int | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def text(self) -> str:
        """`figures.csv row 214: unit_code '人次' is not in units.csv; add it there or ...`."""
        what = say(f"ingest.seed_{self.rule}", file=self.file, **self.fields)
        if self.row is None:
            return say("ingest.fault_in_file", file=self.file, what=what)
        return say("ingest.fault_in_row", file=self.file, row=self.row, what=what)
