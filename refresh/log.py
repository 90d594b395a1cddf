"""Progress on standard error: lines for a person, or JSON lines for a machine."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from project.language import say
from refresh import clock

LogFormat = Literal["text", "json"]


@dataclass(frozen=True, slots=True)
class Log:
    """What one run says while it works, and how long its steps take."""

    run_id: str
    format: LogFormat = "text"
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step; on a terminal its name stands there while it runs."""
        title = say(f"refresh.step_{name}")
        if self.format == "text" and sys.stderr.isatty():
            _print(f"{title} ...", end="")
        start = time.monotonic()
        try:
            yield
        finally:
            taken = round(time.monotonic() - start, 3)
            self.seconds[name] = round(self.seconds.get(name, 0.0) + taken, 3)
            text = say("refresh.step_done", step=title, seconds=f"{taken:.1f}")
            self._write("step", text, step=name, seconds=taken)

    def note(self, event: str, text: str, **fields: object) -> None:
        """Say something that is not a step."""
        self._write(event, text, **fields)

    def _write(self, event: str, text: str, **fields: object) -> None:
        if self.format == "json":
            at = clock.text_of(clock.now())
            entry = {"at": at, "run": self.run_id, "event": event, "text": text, **fields}
            _print(json.dumps(entry, ensure_ascii=False))
        else:
            start = "\r" if sys.stderr.isatty() else ""
            _print(f"{start}{text}")


def one_line(text: str) -> str:
    """A name or message from outside, with line breaks and other control characters spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _print(text: str, end: str = "\n") -> None:
    sys.stderr.write(f"{text}{end}")
    sys.stderr.flush()
