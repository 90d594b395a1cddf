"""One refresh at a time: a lock of the operating system, which dies with its owner."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass

from project.errors import Locked, XueweiError
from project.language import say
from refresh import clock, durable
from refresh.places import Places


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is at work, or was when it died."""

    pid: int
    host: str
    started_at: str
    run_id: str


@contextmanager
def hold(places: Places, run_id: str) -> Iterator[Owner | None]:
    """Hold the lock; gives the owner that died without giving it back, if there was one.

    Raises Locked, naming the owner, where another process holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(places.lock, blocking=False)
    try:
        places.warehouse.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise Locked(_who(owner(places))) from None
    except OSError as error:
        raise unwritable(places, error) from error
    try:
        died = owner(places)
        _sign(places, run_id)
        yield died
    finally:
        with suppress(OSError):
            places.owner.unlink(missing_ok=True)
        lock.release()


def owner(places: Places) -> Owner | None:
    """Whose name stands beside the lock."""
    content = durable.read_json(places.owner) or {}
    try:
        return Owner(
            int(content["pid"]),
            str(content["host"]),
            str(content["started_at"]),
            str(content["run_id"]),
        )
    except (KeyError, ValueError, TypeError):
        return None


def unwritable(places: Places, error: OSError) -> XueweiError:
    """The sentence for a warehouse folder in which nothing can be written."""
    return XueweiError(
        say("refresh.unwritable", folder=places.warehouse, error=error.strerror or error)
    )


def _sign(places: Places, run_id: str) -> None:
    me = Owner(os.getpid(), platform.node(), clock.text_of(clock.now()), run_id)
    try:
        durable.write_json(places.owner, asdict(me))
    except OSError as error:
        raise unwritable(places, error) from error


def _who(holder: Owner | None) -> str:
    if holder is None:
        return say("refresh.locked")
    return say("refresh.locked_by", pid=holder.pid, host=holder.host, start=holder.started_at)
