"""Runs one refresh from lock to history: whatever happens is written down and told."""

import errno
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime

from project.errors import (
    ExitCode,
    InputFault,
    Locked,
    RefusedByCheck,
    SwapPostponed,
    XueweiError,
)
from project.language import say
from refresh import announce, clock, history, lock, settings
from refresh.history import Outcome, Run
from refresh.job import Done, Job, differences
from refresh.log import Log, LogFormat
from refresh.places import Places
from refresh.recovery import clear, recover, set_aside
from refresh.settings import Settings
from refresh.steps import Steps

OUTCOMES: dict[type[BaseException], Outcome] = {
    InputFault: "input_fault",
    RefusedByCheck: "refused",
    SwapPostponed: "swap_postponed",
    Locked: "locked",
    KeyboardInterrupt: "interrupted",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; `keep` overrides the configuration file."""

    force: bool = False
    keep: int | None = None
    log_format: LogFormat = "text"


def refresh(places: Places, options: Options, steps: Steps | None = None) -> tuple[Done, Log]:
    """Refresh the warehouse; gives back what came of it and how long the steps took.

    Raises XueweiError, with the exit code for the shell, or KeyboardInterrupt, after writing the
    failure down.
    """
    _stop_as_by_a_person()
    start = clock.now()
    # Whatever the caller's mask is, nothing that we write may be written by others.
    os.umask(os.umask(0o022) | 0o022)
    for name in ("logs", "target"):
        # `make clean` takes them away; the schedules write into them.
        with suppress(OSError):
            (places.root / name).mkdir(exist_ok=True)
    log = Log(history.new_run_id(start), options.log_format)
    configured = settings.load(places.root)
    with _written_down(places, configured, log, start), lock.hold(places, log.run_id) as died:
        if died is not None:
            log.note("took_over", say("refresh.took_over", pid=died.pid, start=died.started_at))
        with log.step("recover"):
            aside = set_aside(places)
            live = recover(places, died, lambda run: _tell_failure(configured, run, log))
        for path in aside:
            log.note("set_aside", say("refresh.set_aside", file=path))
        keep = configured.keep if options.keep is None else options.keep
        job = Job(places, configured, steps or Steps(), log, keep)
        try:
            done = job.run(live, options.force)
        except RefusedByCheck:
            # What was refused stays for a person to look into.
            raise
        except BaseException:
            clear(places)
            raise
        clear(places)
        _succeed(places, configured, log, start, done)
    return done, log


@contextmanager
def _written_down(
    places: Places, configured: Settings, log: Log, start: datetime
) -> Iterator[None]:
    """Write a failure into the history and tell it, then let it go on."""
    try:
        yield
    except (XueweiError, KeyboardInterrupt) as error:
        _fail(places, configured, log, start, error)
        raise
    except Exception as error:
        known = _known(error, places)
        _fail(places, configured, log, start, known or error)
        if known is None:
            raise
        raise known from error


def _known(error: Exception, places: Places) -> XueweiError | None:
    """The sentence for a disk that can't be written, by whichever library it was met."""
    full = os.strerror(errno.ENOSPC)
    if isinstance(error, OSError):
        file = error.filename or places.warehouse
        return XueweiError(say("refresh.disk", error=error.strerror or error, file=file))
    if full in str(error):
        return XueweiError(say("refresh.disk", error=full, file=places.warehouse))
    return None


def _succeed(places: Places, configured: Settings, log: Log, start: datetime, done: Done) -> None:
    published = done.outcome == "published"
    contents = done.version.manifest.contents if done.version else None
    changes = differences(contents, done.before) if contents and published else {}
    run = Run(
        run_id=log.run_id,
        started_at=clock.text_of(start),
        ended_at=clock.text_of(clock.now()),
        outcome=done.outcome,
        exit_code=ExitCode.SUCCESS,
        version=done.version.manifest.name if done.version else None,
        documents=len(contents.documents) if contents and published else None,
        figures=contents.figures if contents and published else None,
        rows=contents.rows if contents and published else {},
        findings_new=changes.get("new", ()),
        findings_gone=changes.get("gone", ()),
        seconds=dict(log.seconds),
    )
    history.append(places.history, run)
    if run.findings_new:
        _tell(configured.on_findings, "findings", run, log)


def _fail(
    places: Places,
    configured: Settings,
    log: Log,
    start: datetime,
    error: BaseException,
) -> None:
    run = Run(
        run_id=log.run_id,
        started_at=clock.text_of(start),
        ended_at=clock.text_of(clock.now()),
        outcome=OUTCOMES.get(type(error), "internal_error"),
        exit_code=_exit_code(error),
        seconds=dict(log.seconds),
        error=_sentence(error),
    )
    # Where not even the history can be written, the error itself is what must be seen.
    with suppress(OSError):
        history.append(places.history, run)
    _tell_failure(configured, run, log)


def _stop_as_by_a_person() -> None:
    """Let the signal by which the system stops a program do what Ctrl-C does: clear up and go."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _exit_code(error: BaseException) -> int:
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.STOPPED
    return int(getattr(error, "exit_code", ExitCode.INTERNAL_ERROR))


def _sentence(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return say("refresh.stopped")
    return getattr(error, "message", None) or f"{type(error).__name__}: {error}"


def _tell_failure(configured: Settings, run: Run, log: Log) -> None:
    if run.outcome not in ("locked", "swap_postponed"):
        _tell(configured.on_failure, "failure", run, log)


def _tell(receiver: tuple[str, ...], event: str, run: Run, log: Log) -> None:
    from ingest.privacy import mask

    content = {**asdict(run), "event": event, "error": mask(run.error or "")}
    trouble = announce.tell(receiver, content)
    if trouble:
        log.note("not_told", say("refresh.not_told", error=trouble))
