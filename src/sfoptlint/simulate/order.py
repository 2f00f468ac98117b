"""The order in which a save runs (Apex Developer Guide, Triggers and Order of Execution).

Assignment, auto-response and escalation rules, entitlements and sharing change nothing that an opt-out is lost by, and are
left out. Roll-ups of a parent are a save of another record. A save that an automation starts on the same record goes through the
same steps up to the after triggers: the rest is skipped in a recursive save.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sfoptlint.automation.automation import Phase
from sfoptlint.core.expr import Value
from sfoptlint.core.witness import Values
from sfoptlint.evaluate.primitives import changed
from sfoptlint.model.objects import ObjectModel
from sfoptlint.simulate.fields import Fields
from sfoptlint.simulate.result import Rejection
from sfoptlint.simulate.saving import Saving
from sfoptlint.simulate.shown import listed, shown
from sfoptlint.simulate.system_validation import assumed_fields, converted_lead, request_errors, stored_errors
from sfoptlint.simulate.user import Allowed
from sfoptlint.simulate.walk import Doubt, Happened, Walk, Walks, Write

MOST_PASSES = 5
DEEPEST = 16
"""A stack of triggers that start each other may not be deeper (Apex Developer Guide, Execution Governors and Limits)."""
_TOO_DEEP = "maximum trigger depth exceeded"
TRIGGER_FAILED, FLOW_FAILED = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER"
"""What the API answers where a trigger's or a flow's own save fails (SOAP API Developer Guide, StatusCode)."""
LOAD, SYSTEM, ACCESS, SAVE, COMMIT = "load", "system validation", "access", "save", "commit"


@dataclass(frozen=True, slots=True)
class Order:
    """The automations of one object, in their order, and what is known of its fields."""

    model: ObjectModel
    walks: Walks

    def run(self, chunk: Sequence[Saving], asked: Sequence[Values]) -> None:
        """Save records together; each keeps what became of it."""
        for saving, values in zip(chunk, asked, strict=True):
            self._begin(saving, values)
        self._procedure(chunk)
        self._after(chunk)
        for saving in _alive(chunk):
            saving.step(COMMIT, "committed")

    def _begin(self, saving: Saving, asked: Values) -> None:
        saving.step(LOAD, "; ".join(_words(saving.stored, asked)) or "nothing changes")
        saving.assumptions.update(dict.fromkeys(assumed_fields(asked, self.model)))
        saving.reject(SYSTEM, self._request(saving, asked))
        if saving.alive:
            self._permission(saving, asked)
        if saving.alive:
            saving.write(asked)

    def _request(self, saving: Saving, asked: Values) -> Iterable[Rejection]:
        locked = converted_lead(saving.stored) if saving.stored and self.model.name.casefold() == "lead" else None
        return [locked] if locked else list(request_errors(asked, self.model))

    def _permission(self, saving: Saving, asked: Values) -> None:
        match saving.user.may_save(self.model.name, asked):
            case Rejection() as error:
                saving.reject(ACCESS, [error])
            case Allowed(assumption=assumption) if assumption:
                saving.assumptions[assumption] = None

    def _procedure(self, chunk: Sequence[Saving]) -> None:
        """Steps 3 to 8: up to the after triggers."""
        self._writing(chunk, Phase.BEFORE_SAVE_FLOW)
        self._writing(chunk, Phase.BEFORE_TRIGGER)
        for saving in _alive(chunk):
            saving.reject(SYSTEM, stored_errors(saving.changed, saving.current, self.model))
        for phase in (Phase.CUSTOM_VALIDATION, Phase.DUPLICATE_RULE, Phase.LOCK):
            self._checking(chunk, phase)
        for saving in _alive(chunk):
            saving.step(SAVE, "saved, not committed")
        self._saving_again(chunk, Phase.AFTER_TRIGGER)

    def _after(self, chunk: Sequence[Saving]) -> None:
        """Steps 9 to 17, which a recursive save skips."""
        self._workflow(chunk)
        self._saving_again(chunk, Phase.PROCESS)
        self._saving_again(chunk, Phase.AFTER_SAVE_FLOW)

    def _writing(self, chunk: Sequence[Saving], phase: Phase) -> None:
        """Run what changes the record in place, one automation after the other."""
        for walk in self._walks(phase):
            for saving in chunk:
                if saving.alive:
                    saving.write(_run(walk, saving, chunk).values)

    def _checking(self, chunk: Sequence[Saving], phase: Phase) -> None:
        """Run what only says no: all of it, so that every error is returned."""
        for saving in _alive(chunk):
            for walk in self._walks(phase):
                _run(walk, saving, chunk)

    def _saving_again(self, chunk: Sequence[Saving], phase: Phase) -> None:
        """Run what changes the record by a save of its own; each write is one."""
        for walk in self._walks(phase):
            for saving in chunk:
                for write in _run(walk, saving, chunk).writes if saving.alive else ():
                    if saving.alive:
                        self._again(saving, write, walk)

    def _again(self, saving: Saving, write: Write, walk: Walk) -> None:
        if saving.depth >= DEEPEST:
            said = f"{walk.component.full_name}: {_TOO_DEEP}"
            saving.errors.append(Rejection(TRIGGER_FAILED, said, (), walk.component, walk.at))
            saving.step(walk.phase, f"rejects: {_TOO_DEEP}", walk.component, walk.at)
            return
        stored, saving.stored = saving.stored, saving.current
        statics, saving.memory.statics = saving.memory.statics, write.statics or saving.memory.statics
        saving.depth += 1
        saving.step(LOAD, f"saved again: {'; '.join(_words(saving.stored, write.values)) or 'nothing changes'}")
        saving.write(write.values)
        self._procedure([saving])
        saving.depth -= 1
        if write.statics is not None:
            saving.memory.statics = statics
        first, saving.stored = saving.stored, stored
        if saving.alive:
            return
        inner = saving.errors[0]
        if inner.message.endswith(_TOO_DEEP):
            return  # no exception that can be caught
        saving.errors.clear()
        if write.handled:
            assert first is not None
            saving.current = first
            doubt = Doubt(f"{walk.component}: its write fails, and what it does then is not simulated")
            saving.doubts.append(doubt)
            saving.step(walk.phase, f"not known: {doubt.reason}", walk.component, walk.at)
        else:
            self._failed(saving, walk, f"{inner.status_code}: {inner.message}")

    def _failed(self, saving: Saving, walk: Walk, said: str) -> None:
        """The save that an automation started has failed, and it does not go on after that."""
        code = TRIGGER_FAILED if walk.phase is Phase.AFTER_TRIGGER else FLOW_FAILED
        saving.errors.append(Rejection(code, f"{walk.component.full_name}: {said}", (), walk.component, walk.at))
        saving.step(walk.phase, f"rejects: its own save failed: {said}", walk.component, walk.at)

    def _workflow(self, chunk: Sequence[Saving]) -> None:
        """Step 11: every rule looks at the record as it was saved; then its field updates are made.

        They run the before and after triggers once more, and nothing else: validation rules, flows, duplicate rules and processes
        are not run again. Where an update that asks for it changed a value, the rules that have not fired are looked at once
        more, five times at most (Salesforce Help, Field Updates That Re-evaluate Workflow Rules).
        """
        for saving in _alive(chunk):
            waiting, updated = list(self._walks(Phase.WORKFLOW)), False
            for _ in range(MOST_PASSES):
                fired = [(walk, happened) for walk in waiting if (happened := _run(walk, saving, chunk)).words]
                writes = [write for _, happened in fired for write in happened.writes]
                waiting = [walk for walk in waiting if all(walk is not done for done, _ in fired)]
                again = any(write.again and _changes(write, saving) for write in writes)
                for write in writes:
                    saving.write(write.values)
                updated = updated or bool(writes)
                if not again or not saving.alive:
                    break
            if updated and saving.alive:
                self._updated(saving)

    def _updated(self, saving: Saving) -> None:
        saving.reject(SYSTEM, stored_errors(saving.changed, saving.current, self.model))
        if not saving.alive:
            return
        saving.depth += 1
        self._writing([saving], Phase.BEFORE_TRIGGER)
        self._saving_again([saving], Phase.AFTER_TRIGGER)
        saving.depth -= 1

    def _walks(self, phase: Phase) -> Sequence[Walk]:
        return self.walks.of(self.model.name, phase)


_CREATED = Happened(doubts=(Doubt("what it does to a record that is created is not simulated"),))


def _run(walk: Walk, saving: Saving, chunk: Sequence[Saving]) -> Happened:
    """Run one automation on one record and keep what it did; an error of the whole chunk fails every record in it."""
    seen, questions = saving.seen()
    happened = _CREATED if saving.stored is None and walk.phase is not Phase.CUSTOM_VALIDATION else walk.run(seen)
    saving.note(happened, questions)
    values = {name: value for name, value in happened.values.items() if _is_news(saving, walk, name, value)}
    said = "; ".join(filter(None, (happened.words, f"sets {listed(values)}" if values else "")))
    if said:
        at = next((error.at for error in happened.errors if error.at is not None), walk.at)
        saving.step(walk.phase, said, walk.component, at)
    for doubt in happened.doubts:
        saving.step(walk.phase, f"not known: {doubt.reason}", walk.component, walk.at)
    for error in happened.errors:
        for failed in [one for one in chunk if one.alive or one is saving] if error.chunk else (saving,):
            failed.errors.append(error)
            if failed is not saving:
                failed.step(walk.phase, f"fails with its chunk: {error.message}", walk.component, walk.at)
    return happened


def _is_news(saving: Saving, walk: Walk, name: str, value: Value) -> bool:
    """Whether a trace tells of a write: a trigger may leave in a field what was there."""
    return walk.phase is not Phase.BEFORE_TRIGGER or changed(saving.current.get(name), value)


def _changes(write: Write, saving: Saving) -> bool:
    return any(changed(saving.current.get(name), value) for name, value in write.values.items())


def _alive(chunk: Iterable[Saving]) -> list[Saving]:
    return [saving for saving in chunk if saving.alive]


def _words(stored: Fields | None, asked: Values) -> Iterable[str]:
    for name, value in asked.items():
        before = stored.get(name) if stored else None
        yield f"{name}: {shown(before)} -> {shown(value)}"
