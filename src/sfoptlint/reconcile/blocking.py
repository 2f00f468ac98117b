"""Whose opt-out the org's automations stop or undo: each person's own save, simulated over what the export says of them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.schema import FieldSchema
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.core.witness import Values
from sfoptlint.data_directory.directory import DataDirectory, Row
from sfoptlint.data_directory.tables import CONTACT, LEAD
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.result import Outcome, SaveResult
from sfoptlint.simulate.saving import Change, Circumstances
from sfoptlint.simulate.typed import cell

_TABLES = {OptOutObject.CONTACT: CONTACT, OptOutObject.LEAD: LEAD}
_PERSON_ACCOUNT = "IsPersonAccount"
_ACCOUNT = "Account."
Somebody = tuple[OptOutObject, Row]
Watched = Callable[[Iterable[Somebody], int], Iterable[Somebody]]
"""Passes people on, while somebody watches how many of how many have come."""


class SimulatedSaves:
    """Saves the opt-out of one person after the other, each alone, and changes nothing.

    What the export does not list is not taken for blank: a save that asks for it is not said to be blocked.
    """

    def __init__(
        self, project: Project, settings: Settings, data: DataDirectory, now: datetime, watched: Watched
    ) -> None:
        objects = Objects(project)
        self._simulator = org_simulator(project, settings)
        self._schemas = {object_: SchemaView(object_, objects) for object_ in OptOutObject}
        self._data = data
        self._now = now
        self._watched = watched

    def blocked(self, candidates: Iterable[tuple[str, str]]) -> Collection[tuple[str, str]]:
        """Return those of the candidates, object and id, whose simulated save fails or reverts. Raises UsageError."""
        asked = set(candidates)
        people = self._watched(self._rows(asked), len(asked))
        return {(object_.value, row.text("Id")) for object_, row in people if self._is_blocked(object_, row)}

    def _rows(self, asked: Collection[tuple[str, str]]) -> Iterator[Somebody]:
        for object_, table in _TABLES.items():
            for row in self._data.rows(table):
                if (object_.value, row.text("Id")) in asked:
                    yield object_, row

    def _is_blocked(self, object_: OptOutObject, row: Row) -> bool:
        saved = OptOutObject.ACCOUNT if row.checkbox(_PERSON_ACCOUNT) else object_
        box = OPT_OUT_FIELD[saved]
        change = Change({**self._stored(saved, row), box: False}, {box: True}, partial=True)
        (result,) = self._simulator.save(saved, [change], Circumstances(self._now))
        return result.outcome is Outcome.REJECTED or _is_reverted(result, box)

    def _stored(self, saved: OptOutObject, row: Row) -> Values:
        texts = row.values
        if saved is OptOutObject.ACCOUNT:
            texts = {self._on_account(name): text for name, text in texts.items()}
        return {name: cell(name, text, self._field(saved, name)) for name, text in texts.items()}

    def _on_account(self, name: str) -> str:
        """Return the name that a contact's field has on its person account (Object Reference, Account: `Person...`, `__pc`)."""
        if name.startswith(_ACCOUNT):
            return name.removeprefix(_ACCOUNT)
        if name.endswith("__c"):
            return f"{name.removesuffix('__c')}__pc"
        of_person = f"Person{name}"
        return of_person if self._field(OptOutObject.ACCOUNT, of_person) else name

    def _field(self, object_: OptOutObject, name: str) -> FieldSchema | None:
        return self._schemas[object_].field(tuple(name.split(".")))


def _is_reverted(result: SaveResult, box: str) -> bool:
    later = any(part.sets.get(box) is False for part in result.later)
    return result.outcome is Outcome.SAVED and (later or result.record.get(box) is not True)
