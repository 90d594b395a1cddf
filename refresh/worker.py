"""One late step in a process of its own: `python -m refresh.worker FUNCTION MODULE ...`.

It imports the modules, waits for the arguments on its standard input, and answers on its standard
output. As soon as its standard input is closed, by whatever end of the refresh, it ends too.
"""

import gc
import os
import pickle
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from traceback import format_exception
from typing import Any, BinaryIO


def main() -> None:
    """Do the one call; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # A forked process closes its standard input, and would wait for ever for the thread below.
    requests = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    # Who stops the refresh stops us by closing our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is imported and read stays to the end; looking through it for garbage is made rare.
    gc.set_threshold(100_000, 50, 100)
    calls: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
    Thread(target=_listen, args=(requests, calls), daemon=True).start()
    for module in sys.argv[2:]:
        # What is missing is told by the call itself.
        with suppress(ImportError):
            import_module(module)
    answer = pickle.dumps(_answer(sys.argv[1], calls.get()))
    with answers:
        answers.write(answer)
    sys.stderr.flush()
    # At an ordinary end Python would wait for the thread that still listens.
    os._exit(0)


def _listen(requests: BinaryIO, calls: "SimpleQueue[tuple[Any, ...]]") -> None:
    try:
        while True:
            calls.put(pickle.load(requests))  # noqa: S301 - the refresh itself wrote it
    except (EOFError, pickle.UnpicklingError):
        if os.name != "nt" and os.getpgid(0) == os.getpid():
            # With us go the processes that the step has started.
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _answer(function: str, arguments: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    module, _, name = function.partition(":")
    try:
        return getattr(import_module(module), name)(*arguments), None
    except Exception as error:
        error.add_note("".join(format_exception(error)))
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        except Exception:
            return None, RuntimeError(f"{type(error).__name__}: {error}")
        return None, error


if __name__ == "__main__":
    main()
