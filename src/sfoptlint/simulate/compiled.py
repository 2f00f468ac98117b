"""Guarded effects on a concrete record: those whose guards hold happen.

A trigger's run leaves such effects, with the guards that no world settles. They tell of errors and of the opt-out box, not of
other fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.automation import Automation, Block, Effect, MayFail, Phase, Timing, Unknown
from sfoptlint.automation.automation import Write as BoxWrite
from sfoptlint.core.expr import Expr
from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Cause, ComponentId
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.simulate.result import Later, Rejection
from sfoptlint.simulate.shown import shown
from sfoptlint.simulate.walk import NOTHING, Doubt, Happened, Seen, Write

_WHOLE_CHUNK = frozenset({Cause.EXCEPTION, Cause.LIMIT, Cause.ASYNC})
_WHEN = {Timing.ASYNC: "after the commit", Timing.LATER: "at a moment of its own"}


@dataclass(frozen=True, slots=True)
class CompiledWalk:
    """One automation with its effects."""

    automation: Automation

    @property
    def component(self) -> ComponentId:
        """What runs."""
        return self.automation.component

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return self.automation.phase

    @property
    def at(self) -> Place:
        """Where it is declared."""
        return self.automation.at

    def run(self, seen: Seen) -> Happened:
        """Take every effect whose guard holds; of those that reject the save, each is told."""
        if self.automation.idle:
            return NOTHING
        found = list(self._happened(Evaluation(seen.world)))
        happened = Happened(
            words="; ".join(part.words for part in found if part.words),
            errors=tuple(error for part in found for error in part.errors),
            writes=tuple(write for part in found for write in part.writes),
            later=tuple(later for part in found for later in part.later),
            doubts=tuple(doubt for part in found for doubt in part.doubts),
            assumptions=tuple(said for part in found for said in part.assumptions),
        )
        return happened if found else NOTHING

    def _happened(self, evaluation: Evaluation) -> Iterator[Happened]:
        for effect in self.automation.effects:
            holds = _value(effect.guard, evaluation)
            if isinstance(holds, FormulaError):
                yield Happened(doubts=(Doubt(f"{_spot(effect)}: {holds}"),))
            elif holds is True:
                yield self._done(effect, evaluation)

    def _done(self, effect: Effect, evaluation: Evaluation) -> Happened:
        match effect.do:
            case Block() as block if effect.timing is Timing.NOW:
                return Happened(
                    f"rejects: {block.message}" if block.message else "fails", (self._rejection(block, effect),)
                )
            case BoxWrite(value=value):
                return self._written(effect, _value(value, evaluation))
            case Unknown(reason=reason):
                return Happened(doubts=(Doubt(f"{_spot(effect)}: {reason}"),))
            case MayFail(what=what):
                return Happened(assumptions=(f"{what} goes well",))
        return NOTHING

    def _rejection(self, block: Block, effect: Effect) -> Rejection:
        chunk = block.cause in _WHOLE_CHUNK and self.phase in (Phase.BEFORE_TRIGGER, Phase.AFTER_TRIGGER)
        fields = (block.field,) if block.field else ()
        return Rejection(block.code, block.message, fields, self.component, effect.at, effect.place, chunk)

    def _written(self, effect: Effect, value: object) -> Happened:
        if isinstance(value, FormulaError):
            return Happened(doubts=(Doubt(f"{_spot(effect)}: {value}"),))
        assert self.automation.object is not None
        box = OPT_OUT_FIELD[self.automation.object]
        if effect.timing is not Timing.NOW:
            what = f"sets {box} to {shown(value is True)}"
            return Happened(
                later=(
                    Later(what, _WHEN[effect.timing], self.component, {box: value is True}, effect.at, effect.place),
                )
            )
        return Happened(writes=(Write({box: value is True}, effect.at, effect.place),))


def _value(expr: Expr, evaluation: Evaluation) -> object:
    return evaluation.outcome(expr)


def _spot(effect: Effect) -> str:
    return effect.place or f"{effect.at.path}:{effect.at.line}"
