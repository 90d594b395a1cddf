"""The refresh itself: what it does, in which order, and what came of it."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from expectations.verdict import Verdict
from project.errors import (
    InputFault,
    RefusedByCheck,
    SwapPostponed,
)
from project.language import say
from refresh import clock, durable, fingerprint, history, inbox, outputs, versions
from refresh.contents import Contents, read
from refresh.fingerprint import Inputs
from refresh.log import Log, one_line
from refresh.places import Places
from refresh.settings import Settings
from refresh.steps import Steps
from refresh.versions import Manifest, Version

FAULTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Done:
    """What a run that did not fail came to.

    version: what is published now. before: what was published before, where that was another.
    notes: sentences that a person should read. queued: documents that were queued for review.
    """

    outcome: history.Outcome
    version: Version | None
    before: Contents | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Job:
    """One refresh at work; the lock is held by whoever starts it."""

    places: Places
    settings: Settings
    steps: Steps
    log: Log
    keep: int
    notes: list[str] = field(default_factory=list)
    # Regions whose rows are new, where a build began with what is published.
    changed: frozenset[str] | None = None

    def run(self, live: Version | None, force: bool) -> Done:
        """Do what is to be done; `live` is what is published now.

        Raises InputFault, RefusedByCheck, SwapPostponed; XueweiError where report or exports fail.
        """
        self._take_in_documents()
        with self.log.step("fingerprint"):
            inputs = fingerprint.take(self.places.root)
        if not force:
            if self._is_held(live, inputs) or self._is_current(live, inputs):
                return self._without_build(live)
            if (waiting := self._postponed(inputs)) is not None:
                return self._publish(waiting, live)
        self._check_seeds(fingerprint.changed_partitions(inputs, live.manifest if live else None))
        try:
            # Whatever ends this block first ends the workers, for which the pool waits.
            with ThreadPoolExecutor(1) as pool, self.steps.at_hand():
                built_from = None if force else self._start_from(live, inputs)
                self._build(inputs, self._has_new_code(inputs, live))
                outputs_made = pool.submit(self.steps.make_outputs, self.places, self.places.side)
                verdict = self._judge()
                with self.log.step("outputs"):
                    wait([outputs_made])
        except RefusedByCheck:
            self._keep_refused()
            raise
        return self._publish(self._keep(inputs, verdict, built_from), live, outputs_made.result)

    def _take_in_documents(self) -> None:
        with self.log.step("inbox"):
            inbox.forget_reviewed(self.places)
            ingest = self.steps.ingest
            documents, others = inbox.changed(self.places, self.settings.inbox, ingest)
            for other in others:
                self._note(f"passed_over_{other.reason}", other.name)
            if not documents:
                return
            taken = inbox.take_in(self.places, documents, ingest, self.log.run_id)
        for name, entry in taken.entries.items():
            self._note(f"document_{entry.state}", name, count=entry.waiting, fault=entry.fault)
            for remark in taken.remarks.get(name, ()):
                self._note("document_remark", name, remark=remark)
        for name in taken.unsteady:
            self._note("document_unsteady", name)

    def _note(self, key: str, name: str, **fields: object) -> None:
        from ingest.privacy import mask

        self.notes.append(one_line(mask(say(f"refresh.{key}", name=name, **fields))))

    def _is_held(self, live: Version | None, inputs: Inputs) -> bool:
        """Whether a person rolled back on these very inputs: then it stays so."""
        held = durable.read_json(self.places.hold) or {}
        if live is None or held.get("version") != live.manifest.name:
            return False
        if held.get("fingerprint") != inputs.fingerprint:
            return False
        self.notes.append(say("refresh.held", version=live.manifest.name))
        return True

    def _is_current(self, live: Version | None, inputs: Inputs) -> bool:
        return live is not None and live.manifest.fingerprint == inputs.fingerprint

    def _postponed(self, inputs: Inputs) -> Version | None:
        """A version of these inputs that was built and checked but could not be swapped in."""
        for version in reversed(versions.versions(self.places)):
            found = version.manifest
            if not found.published_at and found.fingerprint == inputs.fingerprint:
                return version if version.is_whole else None
        return None

    def _without_build(self, live: Version | None) -> Done:
        if live is not None and not outputs.belong(self.places, live):
            live = self._make_outputs(live)
        return Done("nothing_to_do", live, notes=tuple(self.notes))

    def _check_seeds(self, changed: Collection[str] | None) -> None:
        with self.log.step("check"):
            faults = self.steps.check_seeds(self.places.root, changed)
        if faults:
            shown = faults[:FAULTS_SHOWN]
            if len(faults) > FAULTS_SHOWN:
                shown.append(say("refresh.more", more=len(faults) - FAULTS_SHOWN))
            raise InputFault("\n".join([say("refresh.seed_faults", count=len(faults)), *shown]))

    def _has_new_code(self, inputs: Inputs, live: Version | None) -> bool:
        """Whether anything but seeds changed since what is published was built."""
        if live is None or dict(live.manifest.tools) != dict(inputs.tools):
            return True
        changed = inputs.changed(live.manifest.inputs)
        return any(not name.endswith(".csv") or not name.startswith("seeds/") for name in changed)

    def _start_from(self, live: Version | None, inputs: Inputs) -> str | None:
        """Let the build begin with what is published, where few regions change; its version."""
        from refresh import changes, take_over

        fewest = self.settings.incremental_from
        if live is None or not changes.may_be_few(inputs, live, fewest):
            return None
        with self.log.step("changes"):
            names = inputs.changed(live.manifest.inputs)
            found = changes.find(self.places.root, live.file, names)
            if found is None:
                return None
            take_over.start_from(live.file, self.places.side, found)
        self.changed = found.changed
        self.notes.append(
            say(
                "refresh.incremental",
                documents=len(found.documents),
                changed=len(found.changed),
                regions=found.regions,
                version=live.manifest.name,
            )
        )
        return live.manifest.name

    def _build(self, inputs: Inputs, has_new_code: bool) -> None:
        """Build the side file and test it; the published file is not touched."""
        from refresh import runs_table, take_over

        self.places.build.mkdir(parents=True, exist_ok=True)
        with self.log.step("build"):
            self.steps.build(self.places)
            if has_new_code:
                self.steps.test_code(self.places)
            take_over.forget(self.places.side)
            runs_table.add(self.places.side, history.runs(self.places.history))
        self._refuse_changed(inputs)

    def _keep(self, inputs: Inputs, verdict: Verdict, built_from: str | None) -> Version:
        """Make a version of the side file."""
        with self.log.step("version"):
            manifest = self._manifest(inputs, read(self.places.side), verdict)
            manifest = replace(manifest, built_from=built_from)
            return versions.add(self.places, self.places.side, manifest)

    def _refuse_changed(self, inputs: Inputs) -> None:
        changed = fingerprint.take(self.places.root).changed(inputs.files)
        if changed:
            raise InputFault(say("refresh.inputs_changed", files=", ".join(changed[:5])))

    def _judge(self) -> Verdict:
        from expectations import page
        from expectations.table import failures_of, text_of

        with self.log.step("expectations"):
            verdict = self.steps.expect(self.places.side, self.changed)
            page.write(verdict, self.places.checks, self.log.run_id, clock.now())
        if not verdict.is_publishable:
            raise RefusedByCheck(
                "\n".join([say("refresh.refused"), text_of(verdict), self._where_to_look()])
            )
        if verdict.failed:
            self.notes.append(f"\n{failures_of(verdict)}")
        return verdict

    def _keep_refused(self) -> None:
        """Leave the refused file where a person can look into it, until the next refresh."""
        if self.places.side.exists():
            durable.move(self.places.side, self.places.build / "refused.duckdb")

    def _where_to_look(self) -> str:
        return say(
            "refresh.refused_file",
            file=self.places.build / "refused.duckdb",
            page=self.places.checks / "index.html",
        )

    def _manifest(self, inputs: Inputs, contents: Contents, verdict: Verdict) -> Manifest:
        side = self.places.side
        number = versions.next_number(self.places)
        at = clock.now()
        return Manifest(
            number=number,
            name=f"{number:04d}-{at:%Y-%m-%dT%H%MZ}",
            run_id=self.log.run_id,
            built_at=clock.text_of(at),
            fingerprint=inputs.fingerprint,
            inputs=inputs.files,
            tools=inputs.tools,
            git_commit=fingerprint.git_commit(self.places.root),
            sha256=durable.sha256(side),
            bytes=side.stat().st_size,
            contents=contents,
            expectations=verdict.summary(),
            seconds=dict(self.log.seconds),
        )

    def _publish(
        self,
        version: Version,
        live: Version | None,
        outputs_made: Callable[[], tuple[str, ...]] | None = None,
    ) -> Done:
        """Swap a version in, note it, add what is made from it, and drop what is too old.

        Raises SwapPostponed where Windows keeps the published file open.
        """
        with self.log.step("publish"):
            if live is None and self.places.published.exists():
                self._set_aside()
            # Else a run that dies at once after the swap would leave the outputs of another.
            version = versions.mark(version, has_outputs=False)
            try:
                versions.swap_in(self.places, version)
            except PermissionError:
                raise SwapPostponed(
                    say("refresh.swap_postponed", version=version.manifest.name)
                ) from None
            self.places.hold.unlink(missing_ok=True)
            version = versions.mark(version, published_at=clock.text_of(clock.now()))
        version = self._make_outputs(version, outputs_made)
        versions.prune(self.places, self.keep)
        before = live.manifest.contents if live else None
        return Done("published", version, before, tuple(self.notes))

    def _set_aside(self) -> None:
        """Keep a published file that is of no known version: somebody may want it."""
        kept = self.places.warehouse / "replaced.duckdb"
        kept.unlink(missing_ok=True)
        durable.second_name(self.places.published, kept)
        self.notes.append(say("refresh.unknown_replaced", file=kept))

    def _make_outputs(
        self, version: Version, outputs_made: Callable[[], tuple[str, ...]] | None = None
    ) -> Version:
        def make() -> tuple[str, ...]:
            return self.steps.make_outputs(self.places, version.file)

        with nullcontext() if outputs_made else self.log.step("outputs"):
            version, left_out = outputs.made(self.places, version, outputs_made or make)
        self.notes += left_out
        return version


def differences(now: Contents, before: Contents | None) -> Mapping[str, tuple[str, ...]]:
    """Contradictions that are new and those that are gone, by finding_id."""
    earlier = before.contradictions if before else {}
    return {
        "new": tuple(sorted(now.contradictions.keys() - earlier.keys())),
        "gone": tuple(sorted(earlier.keys() - now.contradictions.keys())),
    }
