"""The probe: one person's opt-out tried in the org itself, inside a transaction that always fails, so that nothing stays.

Only events that are published at once, whatever becomes of the transaction, would be left behind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sfoptlint.clients.errors import ClientError
from sfoptlint.clients.salesforce.anonymous import AnonymousApex
from sfoptlint.core.errors import UsageError
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.doctor.causes import Cause
from sfoptlint.doctor.diagnosis import Way, Ways
from sfoptlint.doctor.live import said
from sfoptlint.doctor.population import Subject

MARK = "sfoptlint:"
_DENIED = frozenset(
    {
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        "INSUFFICIENT_ACCESS_OR_READONLY",
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
    }
)
_SCRIPT = """{object} changed = new {object}(Id = '{id}', {field} = true);
Database.SaveResult saved = Database.update(changed, false);
List<Object> errors = new List<Object>();
for (Database.Error e : saved.getErrors()) {{
    errors.add(new Map<String, Object>{{'statusCode' => String.valueOf(e.getStatusCode()), 'message' => e.getMessage()}});
}}
Map<String, Object> told = new Map<String, Object>{{'success' => saved.isSuccess(), 'errors' => errors}};
if (saved.isSuccess()) {{ told.put('after', [SELECT {field} FROM {object} WHERE Id = '{id}'].{field}); }}
System.assert(false, '{mark}' + JSON.serialize(told));
"""


def script(subject: Subject) -> str:
    """Return the Apex that tries this person's opt-out; its last line fails, which rolls everything back."""
    object_ = subject.automated
    record_id = subject.row.text("AccountId") if object_ is OptOutObject.ACCOUNT else subject.person.id
    if not (record_id.isascii() and record_id.isalnum()):
        raise UsageError(f"--probe: {subject.person.object} {subject.person.id} has no id to probe")
    return _SCRIPT.format(object=object_, id=record_id, field=OPT_OUT_FIELD[object_], mark=MARK)


@dataclass(frozen=True, slots=True)
class Probed:
    """What the org itself does, before what the metadata says. `show` is given each script before it runs."""

    apex: AnonymousApex
    show: Callable[[str], None]
    beside: Ways | None

    def sure(self, subject: Subject) -> tuple[Way, ...]:
        """Try it; then return what the metadata says too. Raises UsageError where the org does not answer."""
        text = script(subject)
        self.show(text)
        try:
            told = self.apex.told(text, MARK)
        except ClientError as error:
            raise UsageError(f"--probe: {said(error)}") from None
        found = way(told)
        beside = self.beside.sure(subject) if self.beside else ()
        return (*((found,) if found else ()), *beside)

    def possible(self, subject: Subject) -> tuple[str, ...]:
        """Return nothing: the org has answered."""
        return ()


def way(told: Mapping[str, Any]) -> Way | None:
    """Return what stands in the way by what the script told; None where the opt-out was saved and stayed."""
    if told.get("success") is True:
        undone = "the org saves the opt-out and then undoes it in the same transaction"
        return None if told.get("after") is True else Way(Cause.REVERTED_BY_AUTOMATION, undone)
    errors = [error for error in told.get("errors") or () if isinstance(error, Mapping)]
    codes = ", ".join(dict.fromkeys(str(error.get("statusCode")) for error in errors)) or "no reason"
    denied = any(error.get("statusCode") in _DENIED for error in errors)
    return Way(Cause.NOT_EDITABLE if denied else Cause.BLOCKED_BY_AUTOMATION, f"the org answers {codes} to the save")
