"""Saves through the order of execution of the org's own metadata."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.core.expr import Value
from sfoptlint.core.witness import Values
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.saving import Refused, Save, Saved, missing
from sfoptlint.harness.fake_org.soql.scope import follow_id
from sfoptlint.harness.org_answers import OrgAnswers
from sfoptlint.simulate.result import Later, SaveResult
from sfoptlint.simulate.saving import Change, Circumstances
from sfoptlint.simulate.simulator import Simulator

_SOON: Final = "after the commit"
"""How the simulator calls what runs at once after the commit; what has a moment of its own does not come here."""


class SimulatedSaves:
    """Asks the simulator; what it does not know is saved as asked, with the doubt, of which `told` hears once."""

    def __init__(self, simulator: Simulator, org: Org, told: Callable[[str], None] = lambda _: None) -> None:
        self._simulator = simulator
        self._org = org
        self._told = told
        self._answers = OrgAnswers(org)
        self._known: set[str] = set()

    def save(self, chunk: Sequence[Save]) -> Sequence[Saved | Refused]:
        """Return, for each record, how it ends or why it is not saved."""
        changes = [Change(self._read(save) if save.stored is not None else None, save.asked) for save in chunk]
        results = self._simulator.save(
            chunk[0].object.name, changes, Circumstances(chunk[0].now, answers=self._answers)
        )
        for reason in dict.fromkeys(reason for result in results for reason in result.reasons):
            if reason not in self._known:
                self._known.add(reason)
                self._told(f"not known, and saved as asked: {reason}")
        # Of a new record the simulator looks at what is set; the platform asks for everything that is required.
        blank = [tuple(missing(save)) if save.stored is None else () for save in chunk]
        return [Refused(errors) if errors else _outcome(r) for errors, r in zip(blank, results, strict=True)]

    def _read(self, save: Save) -> Values:
        """Return a record as an expression may read it: with the fields of those that it looks up to."""
        assert save.stored is not None
        return {**save.stored, **dict(self._parents(save))}

    def _parents(self, save: Save) -> Iterator[tuple[str, Value]]:
        for field in save.object.fields.values():
            target = save.asked.get(field.name) or (save.stored or {}).get(field.name)
            if field.relationship_name and isinstance(target, str):
                parent = follow_id(self._org, target, field)
                for name, value in parent.values.items() if parent else ():
                    yield f"{field.relationship_name}.{name}", value


def _outcome(result: SaveResult) -> Saved | Refused:
    if result.errors:
        return Refused(tuple(SaveError(e.status_code, e.message, e.fields) for e in result.errors))
    record = {name: value for name, value in result.record.items() if "." not in name}
    return Saved(record, result.reasons, tuple(_soon(result.later)))


def _soon(later: Sequence[Later]) -> Iterator[Values]:
    return (one.sets for one in later if one.when == _SOON and one.sets)
