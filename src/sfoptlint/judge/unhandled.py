"""What an automation takes to go well, and the update meets: where it fails, so does the save."""

from collections.abc import Iterator

from sfoptlint.automation.automation import Effect, MayFail, Timing
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Direction, Verdict
from sfoptlint.decide import Scenario, decide
from sfoptlint.judge.effects import DIRECTIONS, EffectsJudgement


def unhandled(judgement: EffectsJudgement) -> Iterator[tuple[Effect, str]]:
    """Yield the effects that an opt-out may meet and that nothing catches, each with what may fail."""
    box = OPT_OUT_FIELD[judgement.object]
    scenario = Scenario(judgement.object, box, *DIRECTIONS[Direction.OPT_OUT], judgement.fixed)
    automation = judgement.automation
    for effect in automation.effects:
        if isinstance(effect.do, MayFail) and effect.timing is Timing.NOW:
            met = decide(effect.guard, automation.axioms, scenario, judgement.schema, judgement.interner)
            if met.verdict in (Verdict.ALWAYS, Verdict.SOMETIMES):
                yield effect, effect.do.what
