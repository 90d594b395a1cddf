"""The one way in which reading a file fails: a line that names the file, the fault and the mend."""

from pathlib import Path

from project.errors import InputFault
from project.language import say


class ReaderError(InputFault):
    """A file that can't be read, in one line.

    problem_key: name of the fault, a message `readers.<problem_key>` in
    `project/messages/readers.csv`; fields: what its sentence needs beside the file.
    """

    def __init__(self, file: Path, problem_key: str, **fields: object) -> None:
        self.file = file
        self.problem_key = problem_key
        self.fields = fields
        name = "".join(c if c.isprintable() else "\ufffd" for c in file.name)
        super().__init__(say(f"readers.{problem_key}", file=name, **fields))
