"""Puts an earlier version back, and sees to it that the next refresh leaves it there."""

from pathlib import Path

from project.errors import RefusedByCheck, SwapPostponed, UsageFault
from project.language import say
from refresh import clock, durable, fingerprint, history, lock, outputs, versions
from refresh.history import Run
from refresh.places import Places
from refresh.recovery import clear, recover
from refresh.steps import Steps
from refresh.versions import Version


def rollback(places: Places, name: str | None, steps: Steps | None = None) -> Version:
    """Publish the version of a name or number, else the one before what is published.

    Until the inputs change, a refresh then has nothing to do. Raises UsageFault for an unknown
    version, RefusedByCheck for one whose file is damaged, Locked, SwapPostponed, and XueweiError
    where report or exports fail.
    """
    start = clock.now()
    run_id = history.new_run_id(start)
    with lock.hold(places, run_id) as died:
        live = recover(places, died)
        chosen = versions.find(places, name) if name else _earlier(places, live)
        if not chosen.is_whole:
            raise RefusedByCheck(say("refresh.damaged", version=chosen.manifest.name))
        inputs = fingerprint.take(places.root)
        durable.write_json(
            places.hold, {"version": chosen.manifest.name, "fingerprint": inputs.fingerprint}
        )
        chosen = versions.mark(chosen, has_outputs=False)
        try:
            versions.swap_in(places, chosen)
        except PermissionError:
            raise SwapPostponed(say("refresh.held_open", file=places.published)) from None
        moment = clock.text_of(clock.now())
        version = versions.mark(chosen, published_at=moment)
        clear(places)
        history.append(
            places.history,
            Run(
                run_id=run_id,
                started_at=clock.text_of(start),
                ended_at=moment,
                outcome="rolled_back",
                exit_code=0,
                version=version.manifest.name,
            ),
        )
        make = (steps or Steps()).make_outputs
        version, _ = outputs.made(places, version, lambda: make(places, chosen.file))
        clear(places)
    return version


def _earlier(places: Places, live: Version | None) -> Version:
    number = live.manifest.number if live else 0
    earlier = [
        version
        for version in versions.versions(places)
        if version.manifest.published_at and (live is None or version.manifest.number < number)
    ]
    if not earlier:
        raise UsageFault(say("refresh.no_earlier_version"))
    return earlier[-1]


def file_of(places: Places, name: str) -> Path:
    """The warehouse that a name means: a file, `published`, or a version. Raises UsageFault."""
    if name == "published":
        return places.published
    path = Path(name)
    if path.suffix == ".duckdb" and path.is_file():
        return path
    return versions.find(places, name).file
