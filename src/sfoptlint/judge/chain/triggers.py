"""The triggers of one object as parts of a chain, each event by itself.

What the family of Apex found by its own walk, and the words of the text, say which of them can be part of one: where they share a
field with a flow or a rule, and one of both heeds the box. These few are walked once more, as code that meets a record which
others have changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sfoptlint.automation.apex.changes import event_effects
from sfoptlint.automation.apex.trigger import TriggerText
from sfoptlint.automation.automation import Automation
from sfoptlint.core.expr import Interner
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.judge.chain.parts import FieldsRead, Part, asked_by, fields_read
from sfoptlint.simulate.apex import events_of

_WORD = re.compile(r"\b[A-Za-z]\w+")
MOST_TRIGGERS = 4
"""Triggers of one object that are walked once more."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A trigger as the family of Apex has walked it."""

    automation: Automation
    text: TriggerText


def trigger_parts(
    triggers: Iterable[Walked], object_: OptOutObject, interner: Interner, others: Sequence[Part]
) -> Iterator[Part]:
    """Yield each event of the triggers that share a field with `others` which has to do with the box."""
    box = OPT_OUT_FIELD[object_].casefold()
    own = [one for one in triggers if one.text.object is object_]
    shared = [one for one in own if _sets_what_is_asked(one, others, box) or _asks_what_is_set(one, others, box)]
    for one in shared[:MOST_TRIGGERS]:
        walks = events_of(one.text)
        for event in event_effects(one.text, interner):
            yield Part(event.automation, walks, 0, event.changes)


def _sets_what_is_asked(one: Walked, others: Iterable[Part], box: str) -> bool:
    fields = FieldsRead()
    asked = [fields.of(*asked_by(effect)) for other in others for effect in other.harms]
    set_ = {name: reads for name, reads in one.text.sets.items() if name != box}
    return any(name in reads and (box in own or box in reads) for reads in asked for name, own in set_.items())


def _asks_what_is_set(one: Walked, others: Iterable[Part], box: str) -> bool:
    """Alone, a trigger finds no field but the box changed; so what it asks of another one, its text has to say."""
    marks: set[str] = set()
    for other in others:
        for change in other.changes.changes if other.changes else ():
            heeds = box in fields_read(change.guard, *change.fields.values())
            marks |= {name.casefold() for name in change.fields if heeds}
    return bool((marks - {box}) & _words(one.text)) if marks else False


def _words(text: TriggerText) -> set[str]:
    """Return the words of a trigger's file and of the classes that it names, two steps far, in lower case."""
    codebase, seen = text.codebase, set[str]()
    texts = [codebase.text(text.file.path) or ""]
    for _ in range(3):
        names = {word.casefold() for one in texts for word in _WORD.findall(one)} - seen
        seen |= names
        texts = [codebase.text(codebase.paths[name]) or "" for name in names & codebase.paths.keys()]
    return seen
