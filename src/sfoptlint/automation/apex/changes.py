"""What a trigger does and changes by each of its events alone, for those that run before and after it in a save."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.apex.finding import ASIDE
from sfoptlint.automation.apex.left import fields_left
from sfoptlint.automation.apex.naming import NamesAgain
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.trigger import PHASES, TriggerText, run_event
from sfoptlint.automation.apex.walk import Walk
from sfoptlint.automation.automation import Automation, Phase
from sfoptlint.automation.change import Change, Changes
from sfoptlint.core.expr import Interner


@dataclass(frozen=True, slots=True)
class EventEffects:
    """One event of a trigger: its effects, and the fields that it leaves changed; None where it changes none."""

    automation: Automation
    changes: Changes | None


def event_effects(text: TriggerText, interner: Interner) -> Iterator[EventEffects]:
    """Yield each event of an update, walked on a record that others may have changed; its atoms are named as before."""
    for timing in text.timings:
        terms = Terms(interner, text.objects, apart=True)
        run, state = Walk(text.codebase, terms, text.context, NamesAgain(text.names)), State(terms)
        run.part = ASIDE
        run_event(run, text, state, timing)
        phase, effects, axioms = PHASES[timing], tuple(run.effects), tuple(run.axioms)
        automation = Automation(text.component, text.object, phase, text.at, effects, axioms)
        left = fields_left(state, terms) if phase is Phase.BEFORE_TRIGGER else {}
        changes = Changes(text.component, phase, (Change(terms.true, left, text.at),), axioms, again=False)
        yield EventEffects(automation, changes if left else None)
