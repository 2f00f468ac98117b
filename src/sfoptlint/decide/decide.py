"""Whether a guard can hold during the opt-out update: always, sometimes, never, or unknown, with the proof.

`never` and `always` need a proof that no record, user or data is otherwise; `sometimes` needs a world in which the evaluator
finds the guard TRUE. Whatever is neither is unknown.
"""

from collections.abc import Iterable
from dataclasses import replace

from sfoptlint.core.expr import Const, Expr, Field, Free, Interner, Type, Value
from sfoptlint.core.verdict import Reach, Verdict
from sfoptlint.decide.decision import Budget, Decision
from sfoptlint.decide.domain import UNTRUE
from sfoptlint.decide.opaque import Reading, readings, whatever
from sfoptlint.decide.question import Answer, Guard, Question, beside, ground, guarded, leaves_of
from sfoptlint.decide.realm import Schema
from sfoptlint.decide.scenario import Scenario
from sfoptlint.decide.search import Outcome
from sfoptlint.decide.update import Update
from sfoptlint.decide.witness import needed_leaves, read_leaves
from sfoptlint.evaluate.evaluator import Evaluation

_BUDGET = Budget()
_HARMFUL = frozenset({Verdict.ALWAYS, Verdict.SOMETIMES})
_NOT_SPARED = "whether one is spared when it is saved unchanged was not found out"
_SOME = "Some record makes the condition TRUE, whatever the parts are that could not be translated."


def decide(  # noqa: PLR0913, PLR0917 - one guard, and everything that decides it
    guard: Expr,
    axioms: Iterable[Expr],
    scenario: Scenario,
    schema: Schema,
    interner: Interner,
    budget: Budget = _BUDGET,
) -> Decision:
    """Decide the guard under the scenario, over every world in which the axioms are TRUE.

    A guard that could not be translated in part is decided for each outcome of that part, and is unknown where they differ.
    """
    return decide_under(Update(scenario, schema, interner), guard, axioms, budget)


def decide_under(update: Update, guard: Expr, axioms: Iterable[Expr], budget: Budget = _BUDGET) -> Decision:
    """Decide one of several guards under the same update, as `decide` does."""
    asked = guarded(guard, axioms, update, budget)
    parts = readings(asked.order, asked.folded, update.interner)
    if parts is None:
        return _as_written(asked, _together(asked))
    if len(parts) == 1:
        return _closed(asked)
    return _agreed([(part, _as_written(asked, _read(asked, part))) for part in parts], asked)


def proved_never(update: Update, guard: Expr, axioms: Iterable[Expr], budget: Budget = _BUDGET) -> bool:
    """Whether it is proved that a guard is never TRUE and never fails, whatever could not be translated comes to."""
    question = Question(guarded(guard, axioms, update, budget))
    return question.holds(lightened=False).outcome is Outcome.NONE and question.fails().outcome is Outcome.NONE


def _together(guard: Guard) -> Decision:
    """Decide a guard of which too much is open to take the outcomes one by one: what holds whatever they are is proved."""
    # What is found with the open parts free proves nothing: only that nothing is found, or that nobody is spared, does.
    known = ground(guard)
    question, found = Question(guard, known), None
    if not question.refuted():
        sure = _surely(guard)
        if not _is_false(sure.folded[-1]):
            known = beside(known, sure)
            question, found = Question(guard, known), _sure(sure, Question(sure, known))
        if found is not None and question.spares().outcome is not Outcome.NONE:
            return found
    answer = question.holds(lightened=False)
    if answer.outcome is Outcome.NONE:
        never = _never(question, answer.nodes)
        if never.verdict is Verdict.NEVER:
            return never
    elif answer.outcome is Outcome.FOUND and question.spares().outcome is Outcome.NONE:
        return _holding(guard, question, question.holds())
    return found or Decision(Verdict.UNKNOWN, "Too much of the condition could not be translated.", nodes=answer.nodes)


def _surely(guard: Guard) -> Guard:
    """Return a guard that holds only where the given one does whatever the outcomes are."""
    return guard.instead(whatever(guard.order, guard.folded, guard.update.interner))


def _is_false(expr: Expr) -> bool:
    return isinstance(expr, Const) and expr.value is not True


def _sure(sure: Guard, question: Question) -> Decision | None:
    """Return the decision with a record that is harmed whatever the outcomes are; None where none is found."""
    answer = question.holds()
    return _shown(sure, question, answer, Verdict.SOMETIMES, _SOME) if answer.outcome is Outcome.FOUND else None


def _read(guard: Guard, part: Reading) -> Decision:
    decision = _closed(guard.instead(part.guard))
    if decision.world is None:
        return decision
    # The guard as written asks for these as well.
    frees = {**decision.world.frees, **dict(part.assumed)}
    assumed = (*decision.assumed, *(atom for atom, _ in part.assumed))
    return replace(decision, world=replace(decision.world, frees=frees), assumed=assumed)


def _as_written(guard: Guard, decision: Decision) -> Decision:
    """Return the decision with all that the guard as written reads in its world: untranslated parts have a value there."""
    if decision.world is None or decision.verdict not in _HARMFUL:
        return decision
    given = leaves_of(guard.folded)
    plain = {leaf: _plain(leaf) for leaf in given if isinstance(leaf, Free) and leaf.reads}
    world = replace(decision.world, frees={**plain, **decision.world.frees})
    leaves = read_leaves(guard.folded[-1], given, world)
    needed = tuple(dict.fromkeys((*decision.needed, *leaves)))
    return replace(decision, world=world, needed=needed)


def _plain(atom: Free) -> Value:
    return False if atom.type is Type.BOOLEAN else None


def _shows(folded: Expr, decision: Decision) -> bool:
    """Whether the guard as written holds in the world of a decision: each reading of it has a world of its own."""
    return decision.world is not None and Evaluation(decision.world).outcome(folded) is True


def _agreed(decisions: list[tuple[Reading, Decision]], guard: Guard) -> Decision:
    verdicts = {decision.verdict for _, decision in decisions}
    text = decisions[0][0].text
    nodes_ = sum(decision.nodes for _, decision in decisions)
    if verdicts == _HARMFUL:
        # Each reading has its record, and not every one of them spares nobody.
        decisions = [(part, replace(one, verdict=Verdict.SOMETIMES, reason=_SOME)) for part, one in decisions]
    elif len(verdicts) > 1:
        return Decision(
            Verdict.UNKNOWN, f"The verdict depends on a part that could not be translated: {text}", nodes=nodes_
        )
    # Where the readings differ in reach, the louder one is told.
    told = sorted((decision for _, decision in decisions), key=lambda one: one.reach is not Reach.TARGETED)
    if verdicts == {Verdict.SOMETIMES}:
        # Each reading has its record; one that is harmed in all of them shows most.
        shared = next((one for one in told if all(_shows(part.guard, one) for part, _ in decisions)), None)
        found = shared or _sure(sure := _surely(guard), Question(sure))
        if found is not None:
            return replace(_as_written(guard, found), nodes=nodes_)
    shown = next((decision for decision in told if _shows(guard.folded[-1], decision)), told[0])
    return replace(shown, nodes=nodes_)


def _closed(guard: Guard) -> Decision:
    question = Question(guard)
    answer = question.holds()
    if answer.outcome is Outcome.FOUND:
        return _holding(guard, question, answer)
    if answer.outcome is Outcome.NONE:
        return _never(question, answer.nodes)
    return Decision(Verdict.UNKNOWN, "The search for a record ended without an answer (budget).", nodes=answer.nodes)


def _never(question: Question, nodes_: int) -> Decision:
    answer = question.fails()
    nodes_ += answer.nodes
    if answer.outcome is Outcome.NONE:
        return Decision(Verdict.NEVER, "No record, user or data makes the condition TRUE.", nodes=nodes_)
    can = "it can fail" if answer.outcome is Outcome.FOUND else "that it cannot fail is not proved"
    return Decision(
        Verdict.UNKNOWN, f"may_error: the condition is never TRUE, but {can}.", world=answer.world, nodes=nodes_
    )


def _holding(guard: Guard, question: Question, answer: Answer) -> Decision:
    spared = question.spares()
    verdict = Verdict.ALWAYS if spared.outcome is Outcome.NONE else Verdict.SOMETIMES
    shown = _shown(guard, question, answer, verdict, _why(spared.outcome))
    return replace(shown, nodes=shown.nodes + spared.nodes)


def _shown(guard: Guard, question: Question, answer: Answer, verdict: Verdict, why: str) -> Decision:
    """Return the decision with the record that shows it."""
    assert answer.world is not None
    reach, proved, targeted = _reach(guard, question, answer)
    world = targeted.world if targeted.world is not None else answer.world
    leaves = needed_leaves(question.folded, question.axioms, question.leaves, world)
    return Decision(
        verdict,
        why if proved else f"{why.removesuffix('.')}; {_NOT_SPARED}.",
        reach,
        proved,
        world,
        leaves,
        tuple(leaf for leaf in leaves if isinstance(leaf, Free)),
        answer.nodes + targeted.nodes,
    )


def _why(spared: Outcome) -> str:
    match spared:
        case Outcome.NONE:
            return "Every record, user and data makes the condition TRUE."
        case Outcome.FOUND:
            return "Some record makes the condition TRUE, and another one does not."
        case Outcome.OPEN:
            return "Some record makes the condition TRUE; that another one does not is not proved."


def _reach(guard: Guard, question: Question, answer: Answer) -> tuple[Reach, bool, Answer]:
    """Say whether some record is harmed by the opt-out alone: the same record saved unchanged would be spared."""
    none = Answer(Outcome.NONE, None, 0)
    scenario = guard.update.scenario
    if not any(isinstance(leaf, Field) and scenario.is_box(leaf.path) for leaf in guard.leaves):
        return Reach.INCIDENTAL, True, none
    assert answer.world is not None
    if question.outcome(question.twin(answer.world)) & UNTRUE:
        return Reach.TARGETED, True, answer
    twin = guard.update.unchanged(guard.expr)
    if twin is question.folded:
        return Reach.INCIDENTAL, True, none
    searched = Question(guard, ground(guard, (twin,))).targets(twin)
    if searched.outcome is Outcome.FOUND:
        return Reach.TARGETED, True, searched
    return Reach.INCIDENTAL, searched.outcome is Outcome.NONE, searched
