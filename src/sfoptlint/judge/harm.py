"""What the effects of one automation come to, in one direction: can the update fail, can the box end with another value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from sfoptlint.automation.automation import Automation, Block, Effect, Phase, Timing, Unknown, Write
from sfoptlint.core import verdict
from sfoptlint.core.expr import AFTER, Const, Expr, Interner, Primitive, Type, nodes
from sfoptlint.core.logic import all_of, not_, one_of
from sfoptlint.core.verdict import Cause, Reach, Verdict
from sfoptlint.decide import Budget, Decision, Scenario, Update, decide_under, proved_never
from sfoptlint.evaluate.errors import MissingValueError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World
from sfoptlint.judge.shared import Shared, towards
from sfoptlint.judge.streak import Streak
from sfoptlint.lang.formula.building import truth

_TRIGGERS = frozenset({Phase.BEFORE_TRIGGER, Phase.AFTER_TRIGGER})
_GIVEN_UP = 8
"""Effects of one question that may stay undecided before the others are not asked for either."""
_TRIES = 4
"""How often a world without the exceptions of the one before is looked for."""
_HOPELESS = 300
"""Exceptions of which nobody looks for a world without any."""
_TOGETHER = 40
"""Effects, the plainest first, that are decided as one, or where no proof is left to win: hundreds take many seconds."""
_AT_ONCE = 1000
"""Nodes of the guards that are decided as one."""
_HARMFUL = frozenset({Verdict.ALWAYS, Verdict.SOMETIMES})
_NEVER = Decision(Verdict.NEVER, "No record, user or data makes the condition TRUE.")
NOTHING = "nothing in it does that to an update of this object"


@dataclass(frozen=True, slots=True)
class Harm:
    """The answer to one question: its decision, and the effect that the decision speaks of.

    `effect` is what happens, or what may happen and could not be decided; None where nothing comes near it. `guard` is its
    condition.
    """

    decision: Decision
    effect: Effect | None = None
    guard: Expr | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything that decides the guards of one automation, in one direction; `shared` is what both have in common."""

    automation: Automation
    update: Update
    budget: Budget
    shared: Shared = field(default_factory=Shared)

    @property
    def scenario(self) -> Scenario:
        """The update that is asked about."""
        return self.update.scenario

    @property
    def interner(self) -> Interner:
        """What makes the nodes of every guard."""
        return self.update.interner

    def decide(self, guard: Expr) -> Decision:
        """Decide one guard."""
        return self._decide(guard, self.budget)

    def decide_aside(self, guard: Expr) -> Decision:
        """Decide one guard for less, where the harm is known and only how far it goes is asked, or which record shows it best."""
        return self._decide(guard, self.budget.less)

    def _decide(self, guard: Expr, budget: Budget) -> Decision:
        axioms = self.automation.axioms
        if any(self.shared.reads_box(expr, self.scenario) for expr in (guard, *axioms)):
            return decide_under(self.update, guard, axioms, budget)
        decisions, key = self.shared.decisions, (guard, budget.nodes)
        if key not in decisions:
            decisions[key] = decide_under(self.update, guard, axioms, budget)
        return towards(decisions[key], self.scenario)

    def all_never(self, guards: Sequence[Expr]) -> bool:
        """Whether it is proved of all the guards together that none of them ever holds or fails."""
        guard, axioms, known = one_of(guards, self.interner), self.automation.axioms, self.shared.never
        if any(self.shared.reads_box(expr, self.scenario) for expr in (guard, *axioms)):
            return proved_never(self.update, guard, axioms, self.budget)
        if guard not in known:
            known[guard] = proved_never(self.update, guard, axioms, self.budget)
        return known[guard]


def block(asking: Asking) -> Harm:
    """Say whether the automation can make the update fail."""
    unread = _unread(asking.automation, verdict.Effect.BLOCK)
    return _undisturbed(
        asking, _harm(asking, [(effect, effect.guard) for effect in _blocks(asking.automation)], unread)
    )


def _undisturbed(asking: Asking, harm: Harm) -> Harm:
    """Return the harm with a world in which no exception hides it; where every world has one, the exception.

    An exception ends a trigger before what comes later, and the API tells of no error that was added before it.
    """
    shown, decision = harm.effect, harm.decision
    blocks = _blocks(asking.automation)
    if shown is None or shown not in blocks or decision.world is None or asking.automation.phase not in _TRIGGERS:
        return harm
    others = blocks if _adds_error(shown) else blocks[: blocks.index(shown)]
    ending = [effect for effect in others if isinstance(effect.do, Block) and not _adds_error(effect)]
    if len(ending) > _HOPELESS:
        return harm
    found, avoided, met = decision, dict[Effect, None](), _may_meet(asking, ending, decision.world)
    for left in reversed(range(_TRIES)):
        if not met:
            break
        avoided |= dict.fromkeys((*met, *(e for e in ending if e in asking.shared.avoided or not left)))
        none = not_(one_of((effect.guard for effect in avoided), asking.interner), asking.interner)
        found = asking.decide_aside(all_of((shown.guard, none), asking.interner))
        open_ = [effect for effect in ending if effect not in avoided]
        met = _may_meet(asking, open_, found.world) if found.world is not None else []
    if met:
        return harm
    asking.shared.avoided.update(avoided)
    if found.world is None and found.verdict is Verdict.NEVER and _adds_error(shown):
        return _met(decision, [(effect, effect.guard) for effect in ending]) or harm
    return _in(found, harm)


def _adds_error(effect: Effect) -> bool:
    return isinstance(effect.do, Block) and effect.do.cause is Cause.ERROR


def _in(found: Decision, harm: Harm) -> Harm:
    """Return the harm in the world of another decision, where that has one of the same reach."""
    if found.world is None or found.reach is not harm.decision.reach:
        return harm
    world = replace(harm.decision, world=found.world, needed=found.needed, assumed=found.assumed)
    return replace(harm, decision=world)


def revert(asking: Asking) -> Harm:
    """Say whether the update can be saved, and the box end with another value than the one asked for."""
    unread = _unread(asking.automation, verdict.Effect.REVERT)
    return _harm(asking, list(_lost(asking)), unread)


def _blocks(automation: Automation) -> list[Effect]:
    # What fails later fails a transaction of its own: the opt-out is saved by then.
    return [e for e in automation.effects if isinstance(e.do, Block) and e.timing is Timing.NOW]


def _unread(automation: Automation, kind: verdict.Effect) -> list[Effect]:
    return [effect for effect in automation.effects if isinstance(effect.do, Unknown) and kind in effect.do.may]


def _lost(asking: Asking) -> Iterator[tuple[Effect, Expr]]:
    """Yield each write with the condition under which its value stays, and is not the one that was asked for.

    Of what happens later each has a moment of its own, which need not be in the order of the file: none makes up for another.
    """
    interner = asking.interner
    box = interner.field(AFTER, (asking.scenario.box,), Type.BOOLEAN)
    saved = not_(one_of((effect.guard for effect in _blocks(asking.automation)), interner), interner)
    writes = [effect for effect in asking.automation.effects if isinstance(effect.do, Write)]
    for at, effect in enumerate(writes):
        assert isinstance(effect.do, Write)
        written = truth(effect.do.value, interner)
        kept = not_(interner.call(Primitive.SAME, (written, box), Type.BOOLEAN), interner)
        over = () if effect.timing is Timing.LATER else writes[at + 1 :]
        stays = (not_(other.guard, interner) for other in over if other.timing is effect.timing)
        yield effect, all_of((effect.guard, kept, *stays, saved), interner)


def _may_meet(asking: Asking, effects: Sequence[Effect], world: World) -> list[Effect]:
    """Return the effects that are met in a world, and the plainest of those that rest on what it does not say."""
    asked = Evaluation(world)
    outcomes = {effect: asked.outcome(effect.guard) for effect in effects}
    unsaid = {effect for effect, outcome in outcomes.items() if isinstance(outcome, MissingValueError)}
    plain = sorted(((e, e.guard) for e in effects if e in unsaid), key=lambda pair: asking.shared.size(pair[1]))
    met = (effect for effect, outcome in outcomes.items() if outcome is not False and effect not in unsaid)
    return [*met, *(effect for effect, _ in _plainest(plain))]


def _harm(asking: Asking, effects: Sequence[tuple[Effect, Expr]], unread: Sequence[Effect]) -> Harm:
    """Decide the effects, the plainest first, until one shows the harm; the others count for its verdict and its reach."""
    answers: list[Harm] = []
    left = sorted(effects, key=lambda pair: (_by_accident(pair[0]), asking.shared.size(pair[1])))
    if any(isinstance(effect.guard, Const) for effect in unread):
        left = left[:_TOGETHER]  # nothing proves that it does no harm: look for some where it is most likely found
    streak = Streak(asking.all_never)
    while left and sum(harm.decision.verdict is Verdict.UNKNOWN for harm in answers) < _GIVEN_UP:
        ahead = streak.ahead([guard for _, guard in left])
        if ahead:
            answers += [Harm(_NEVER, effect, guard) for effect, guard in left[:ahead]]
            del left[:ahead]
            continue
        effect, guard = left.pop(0)
        harm = Harm(asking.decide(guard), effect, guard)
        if harm.decision.verdict in _HARMFUL:
            return _with_all(asking, harm, [*_undecided(answers), *left])
        answers.append(harm)
        streak.told(harm.decision.verdict)
    return next(_open(asking, answers, unread), None) or Harm(_harmless(answers))


def _undecided(answers: Iterable[Harm]) -> Iterator[tuple[Effect, Expr]]:
    for harm in answers:
        if harm.decision.verdict is Verdict.UNKNOWN and harm.effect is not None and harm.guard is not None:
            yield harm.effect, harm.guard


def _by_accident(effect: Effect) -> bool:
    return isinstance(effect.do, Block) and effect.do.cause is Cause.EXCEPTION


def _open(asking: Asking, answers: Iterable[Harm], unread: Iterable[Effect]) -> Iterator[Harm]:
    """Yield what stands in the way of a proof: an effect that was not decided, or something unread that may be reached."""
    for harm in answers:
        if harm.decision.verdict is Verdict.UNKNOWN:
            yield harm
    for effect in unread:
        assert isinstance(effect.do, Unknown)
        reached = asking.decide(effect.guard)
        if reached.verdict is not Verdict.NEVER:
            yield Harm(replace(reached, verdict=Verdict.UNKNOWN, reason=effect.do.reason), effect, effect.guard)


def _harmless(answers: Sequence[Harm]) -> Decision:
    if len(answers) == 1:
        return answers[0].decision
    return Decision(Verdict.NEVER, "No record, user or data makes it happen." if answers else f"{NOTHING}.")


def _with_all(asking: Asking, shown: Harm, others: Sequence[tuple[Effect, Expr]]) -> Harm:
    """Return the harm to show, with the verdict and the reach of all that may happen together."""
    if not others or (shown.decision.verdict is Verdict.ALWAYS and shown.decision.reach is Reach.TARGETED):
        return shown
    assert shown.guard is not None
    others = _plainest(others)
    if not others:
        return shown
    together = asking.decide_aside(one_of((shown.guard, *(guard for _, guard in others)), asking.interner))
    if together.verdict not in _HARMFUL:
        return _targeted(asking, shown, others) or shown
    if shown.decision.reach is not together.reach:
        # The record of one effect shows another reach than all of them have together: show theirs.
        shown = _met(together, others) or shown
    decision = replace(shown.decision, reach=together.reach, reach_proved=together.reach_proved)
    if together.verdict is Verdict.ALWAYS:
        decision = replace(decision, verdict=Verdict.ALWAYS, reason=together.reason)
    return replace(shown, decision=decision)


def _plainest(effects: Iterable[tuple[Effect, Expr]]) -> Sequence[tuple[Effect, Expr]]:
    """Return those of the first effects whose guards are together no larger than can be decided as one."""
    kept: list[tuple[Effect, Expr]] = []
    seen: set[Expr] = set()
    for effect, guard in islice(effects, _TOGETHER):
        seen.update(nodes(guard, but=seen))
        if len(seen) <= _AT_ONCE:
            kept.append((effect, guard))
    return kept


def _targeted(asking: Asking, shown: Harm, others: Sequence[tuple[Effect, Expr]]) -> Harm | None:
    """Return a harm that the opt-out alone brings about, where the one to show is none."""
    if shown.decision.reach is Reach.TARGETED:
        return None
    found = (Harm(asking.decide(guard), effect, guard) for effect, guard in others[:_GIVEN_UP])
    return next((harm for harm in found if harm.decision.reach is Reach.TARGETED), None)


def _met(together: Decision, effects: Iterable[tuple[Effect, Expr]]) -> Harm | None:
    """Return what happens to the record that was found for all of the effects together; None where that is not known."""
    if together.world is None:
        return None
    asked = Evaluation(together.world)
    return next((Harm(together, effect, guard) for effect, guard in effects if asked.outcome(guard) is True), None)
