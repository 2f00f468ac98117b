"""Chains that lose an opt-out: found where one automation reads what another one writes, decided, and proved by a save.

A chain counts when a save in an org of its automations alone loses the opt-out, a save in an org of any fewer of them does not,
and a save in the whole org does not keep it either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sfoptlint.automation.automation import Automation, Block, Effect, Write
from sfoptlint.core import verdict
from sfoptlint.core.expr import AFTER, Expr, Interner, Primitive, Type
from sfoptlint.core.logic import all_of, any_of, not_
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Cause, Direction, OptOutObject, Reach, Row, Verdict
from sfoptlint.core.witness import Expectation, Witness
from sfoptlint.decide import Budget, Decision, Scenario, decide
from sfoptlint.judge.chain.chain import Chain, Link
from sfoptlint.judge.chain.compose import Left, left_by, meets, reads_of_changes, writes_of
from sfoptlint.judge.chain.parts import FieldsRead, Part, asked_by, fields_read
from sfoptlint.judge.chain.proof import Proof
from sfoptlint.judge.effects import DIRECTIONS
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.judge.sync_world import SyncWorld
from sfoptlint.judge.witness import witness_of
from sfoptlint.lang.formula.building import truth

MOST = 400
"""Candidates that are decided for one object and direction."""


@dataclass(frozen=True, slots=True)
class Searching:
    """Everything that chains of one object are searched with."""

    object: OptOutObject
    parts: Sequence[Part]
    schema: SchemaView
    interner: Interner
    sync: SyncWorld
    proof: Proof
    budget: Budget


def chains_of(searching: Searching) -> Iterator[Chain]:
    """Yield each chain once, for the first direction in which it is proved and its last automation's first effect."""
    pairs = list(_pairs(searching.parts, OPT_OUT_FIELD[searching.object].casefold()))
    for direction in DIRECTIONS:
        tried = 0
        for ways in (pairs, list(_triples(pairs, searching.parts))):
            found: set[tuple[object, ...]] = set()
            for firsts, last, effect in ways:
                key = (*(part.component for part in firsts), last.component)
                if key in found or tried >= MOST:
                    continue
                tried += 1
                chain = _decided(searching, direction, firsts, last, effect)
                if chain is not None:
                    found.add(key)
                    yield chain


def _pairs(parts: Sequence[Part], box: str) -> Iterator[tuple[tuple[Part, ...], Part, Effect]]:
    fields = FieldsRead()
    changing = [(part, part.changes.changes, writes_of(part.changes.changes)) for part in parts if part.changes]
    for last in parts:
        for effect in last.harms if changing else ():
            reads = fields.of(*asked_by(effect))
            for first, changes, writes in changing:
                if not (writes & reads and meets(first, last)) or (first.is_trigger and last.is_trigger):
                    continue
                if not (first.is_trigger or last.is_trigger) or box in reads or box in reads_of_changes(changes):
                    yield (first,), last, effect


def _triples(
    pairs: Sequence[tuple[tuple[Part, ...], Part, Effect]], parts: Sequence[Part]
) -> Iterator[tuple[tuple[Part, ...], Part, Effect]]:
    for (middle,), last, effect in pairs:
        assert middle.changes is not None
        reads = reads_of_changes(middle.changes.changes)
        for first in parts:
            if first is last or first.changes is None or first.changes.again or not meets(first, middle):
                continue
            if any(part.is_trigger for part in (first, middle, last)):
                continue  # they are asked for what they do with one other automation
            if writes_of(first.changes.changes) & reads:
                yield (first, middle), last, effect


def _reads(effect: Effect) -> frozenset[str]:
    return fields_read(*asked_by(effect))


def _decided(
    searching: Searching, direction: Direction, firsts: tuple[Part, ...], last: Part, effect: Effect
) -> Chain | None:
    before, after = DIRECTIONS[direction]
    left = _left(firsts, effect, searching.interner)
    guard = _guard(last.automation, effect, left, OPT_OUT_FIELD[searching.object], searching.interner)
    fixed = searching.sync.fixed([guard])
    scenario = Scenario(searching.object, OPT_OUT_FIELD[searching.object], before, after, fixed)
    axioms = [axiom for part in firsts if part.changes for axiom in part.changes.axioms]
    axioms += [left.seen(axiom, searching.interner) for axiom in last.automation.axioms]
    decision = decide(guard, axioms, scenario, searching.schema, searching.interner, searching.budget.less)
    if decision.verdict not in (Verdict.ALWAYS, Verdict.SOMETIMES):
        return None
    if decision.reach is not Reach.TARGETED and any(part.is_trigger for part in (*firsts, last)):
        return None
    kind = verdict.Effect.BLOCK if isinstance(effect.do, Block) else verdict.Effect.REVERT
    code = effect.do.code if isinstance(effect.do, Block) else ""
    expect = Expectation(kind, effect.at, code, effect.place)
    witness = witness_of(decision, scenario, searching.object, direction, expect)
    if witness is None or not _proved(searching.proof, witness, (*firsts, last)):
        return None
    row = _row(searching.object, direction, last, effect, decision, witness)
    return Chain(tuple(_links(firsts, effect)), row, effect.at, (direction,))


def _proved(proof: Proof, witness: Witness, parts: tuple[Part, ...]) -> bool:
    if not proof.loses(witness, parts):
        return False
    fewer = [some for size in range(1, len(parts)) for some in combinations(parts, size)]
    return not any(proof.loses(witness, some) for some in fewer) and not proof.keeps(witness)


def _left(firsts: tuple[Part, ...], effect: Effect, interner: Interner) -> Left:
    left: Left | None = None
    for number, part in enumerate(firsts):
        assert part.changes is not None
        following = firsts[number + 1] if number + 1 < len(firsts) else None
        left = left_by(part.changes, interner, _reads_after(following, effect), left)
    assert left is not None
    return left


def _guard(automation: Automation, effect: Effect, left: Left, box: str, interner: Interner) -> Expr:
    """Return what holds where the effect happens after the others, and nothing of the kind would happen without them."""
    alone = [_harm(other, box, interner) for other in automation.effects if isinstance(other.do, Block | Write)]
    spared = not_(any_of(alone, interner), interner)
    return all_of((left.when, left.seen(_harm(effect, box, interner), interner), spared), interner)


def _harm(effect: Effect, box: str, interner: Interner) -> Expr:
    if not isinstance(effect.do, Write):
        return effect.guard
    asked = interner.field(AFTER, (box,), Type.BOOLEAN)
    kept = interner.call(Primitive.SAME, (truth(effect.do.value, interner), asked), Type.BOOLEAN)
    return all_of((effect.guard, not_(kept, interner)), interner)


def _links(firsts: tuple[Part, ...], effect: Effect) -> Iterator[Link]:
    for number, part in enumerate(firsts):
        assert part.changes is not None
        following = firsts[number + 1] if number + 1 < len(firsts) else None
        reads = _reads_after(following, effect)
        changes = [c for c in part.changes.changes if reads & {name.casefold() for name in c.fields}]
        names = {name for change in changes for name in change.fields if name.casefold() in reads}
        yield Link(part.component, ", ".join(sorted(names)), changes[0].at)


def _reads_after(following: Part | None, effect: Effect) -> frozenset[str]:
    """Return what the next of a chain reads: the next writer for its changes, or the last one for its effect."""
    return reads_of_changes(following.changes.changes) if following and following.changes else _reads(effect)


def _row(  # noqa: PLR0913, PLR0917 - a row says all of this
    object_: OptOutObject,
    direction: Direction,
    last: Part,
    effect: Effect,
    decision: Decision,
    witness: Witness,
) -> Row:
    blocks = isinstance(effect.do, Block)
    return Row(
        artifact=last.component,
        object=object_,
        direction=direction,
        effect=verdict.Effect.BLOCK if blocks else verdict.Effect.REVERT,
        cause=effect.do.cause if isinstance(effect.do, Block) else Cause.WRITE,
        verdict=decision.verdict,
        path=effect.at.path,
        line=effect.at.line,
        reason=decision.reason,
        reach=decision.reach,
        witness=witness,
        replayed=True,
    )
