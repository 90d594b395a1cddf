"""The late steps in processes of their own, which import their libraries while dbt builds.

No worker outlives the refresh: see `refresh.worker`.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from project.errors import XueweiError
from project.language import language, say

# Function -> modules that it will need; those of an extra may be missing.
MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "expectations:run": ("expectations.engine", "jinja2", "duckdb", "pandas"),
    "report.catalogue:build": ("report.catalogue", "dbt.cli.main"),
    "report:build": ("report.publish", "report.site", "report.warehouse", "vl_convert"),
    "export.release:build": (
        *("export.release", "duckdb", "xlsxwriter"),
        *("pyarrow.compute", "pyarrow.parquet", "pysdmx.io"),
    ),
}
CODE: Final = Path(__file__).resolve().parent.parent

_waiting: dict[str, "Worker"] = {}


class WorkerEnded(XueweiError):
    """A worker ended without an answer: out of memory, or stopped from outside."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that can do one call."""

    function: str
    process: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, function: str) -> "Worker":
        """Begin a process, which imports what its function needs and then waits."""
        code = os.pathsep.join(filter(None, (str(CODE), os.environ.get("PYTHONPATH"))))
        return cls(
            function,
            subprocess.Popen(  # noqa: S603 - this Python, with names from the list above
                # A library's warnings would stand between the lines of the log.
                [
                    *(sys.executable, "-W", "ignore", "-m", "refresh.worker"),
                    *(function, *MODULES.get(function, ())),
                ],
                env={**os.environ, "PYTHONPATH": code, "XUEWEI_LANG": language()},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                process_group=None if os.name == "nt" else 0,
            ),
        )

    def call(self, *arguments: object) -> Any:
        """What the function gives back; raises what it raises."""
        assert self.process.stdin is not None  # noqa: S101 - for the type checker
        assert self.process.stdout is not None  # noqa: S101
        with suppress(BrokenPipeError):
            self.process.stdin.write(pickle.dumps(arguments))
            self.process.stdin.flush()
        answer = self.process.stdout.read()
        self.end()
        if not answer:
            code = self.process.returncode
            raise WorkerEnded(say("refresh.worker_ended", function=self.function, code=code))
        value, error = pickle.loads(answer)  # noqa: S301 - our own process wrote it
        if error is not None:
            raise error
        return value

    def end(self) -> None:
        """Let the process end, and wait until it has."""
        with suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def at_hand() -> Iterator[None]:
    """Begin a worker for every late step now; all end with the block, at work or not."""
    begun = {function: Worker.start(function) for function in MODULES}
    _waiting.update(begun)
    try:
        yield
    finally:
        _waiting.clear()
        for worker in begun.values():
            worker.end()


def call(function: str, *arguments: object) -> Any:
    """Call `module:function` in its worker, in a new one where none waits for it."""
    return (_waiting.pop(function, None) or Worker.start(function)).call(*arguments)
