"""Laws of the decision procedure over the total primitives, built directly: what flows and triggers make."""

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sfoptlint.core.expr import (
    AFTER,
    Expr,
    Free,
    FreeKind,
    Interner,
    Primitive,
    RecordKind,
    RecordRef,
    Type,
    Value,
    nodes,
)
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import decide
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World
from tests.decide.asking import BOX, CONTACT, scenario
from tests.property.test_decide import random_world

P = Primitive
ROW = RecordRef(RecordKind.ROW, "row")
Spec = tuple[object, ...]
SETTINGS = settings(deadline=None)

texts: st.SearchStrategy[Spec] = st.one_of(
    st.sampled_from(["Reason__c", "Level__c", "Topics__c", "LastName"]).map(lambda name: ("field", name, Type.TEXT)),
    st.sampled_from(["Name", "Kind"]).map(lambda name: ("row", name, Type.TEXT)),
    st.sampled_from(["a", "A", "ab", "Gold", "GOLD", "", None]).map(lambda value: ("const", value, Type.TEXT)),
)
numbers: st.SearchStrategy[Spec] = st.one_of(
    st.sampled_from(["Score__c", "Other_Score__c"]).map(lambda name: ("field", name, Type.NUMBER)),
    st.sampled_from([0, 1, 5]).map(lambda value: ("const", Decimal(value), Type.NUMBER)),
    st.just(("free", "count", Type.NUMBER)),
)


def _of(ops: list[Primitive], left: st.SearchStrategy[Spec], right: st.SearchStrategy[Spec]) -> st.SearchStrategy[Spec]:
    return st.tuples(st.sampled_from(ops), st.booleans(), left, right)


atoms = st.one_of(
    _of([P.SAME, P.HAS, P.STARTS, P.ENDS, P.ONE_OF, P.LESS, P.LESS_EQUAL], texts, texts),
    _of([P.SAME, P.LESS, P.LESS_EQUAL], numbers, numbers),
    st.tuples(st.just(P.BLANK), st.just(False), texts | numbers),
    st.sampled_from([("field", "VIP__c", Type.BOOLEAN), ("free", "found", Type.BOOLEAN), ("field", BOX, Type.BOOLEAN)]),
)
guards = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from([P.AND, P.OR]), st.just(False), inner, inner),
        st.tuples(st.just(P.NOT), st.just(False), inner),
        st.tuples(st.just(P.IF), st.just(False), inner, inner, inner),
    ),
    max_leaves=7,
)


def _built(spec: Spec, interner: Interner) -> Expr:
    match spec:
        case ("field", str(name), Type() as type_):
            return interner.field(AFTER, (name,), type_)
        case ("row", str(name), Type() as type_):
            return interner.field(ROW, (name,), type_)
        case ("const", value, Type() as type_):
            return interner.const(value, type_)  # type: ignore[arg-type]
        case ("free", str(name), Type() as type_):
            return interner.free(Free(name, type_, FreeKind.CALL, Place("flow"), name))
        case (Primitive() as op, bool(ci), *args):
            built = tuple(_built(arg, interner) for arg in args if isinstance(arg, tuple))
            return interner.call(op, built, Type.BOOLEAN, ci=ci)
        case _:
            raise AssertionError(spec)


@SETTINGS
@given(guards, st.randoms(use_true_random=False))
def test_primitives_are_decided_as_they_are_evaluated(spec: Spec, random: Random) -> None:
    """A witness is TRUE, `never` is never and `always` always TRUE; a primitive is no reason not to know."""
    interner = Interner()
    guard = _built(spec, interner)
    decision = decide(guard, (), scenario(), CONTACT, interner)
    if decision.verdict in (Verdict.ALWAYS, Verdict.SOMETIMES):
        assert decision.world is not None
        assert evaluate(guard, decision.world) is True
    for _ in range(6):
        world = random_world(list(nodes(guard)), True, random)
        found = evaluate(guard, _with_rows(guard, world, random))
        assert found is not True or decision.verdict is not Verdict.NEVER
        assert found is True or decision.verdict is not Verdict.ALWAYS


def _with_rows(guard: Expr, world: World, random: Random) -> World:
    words: list[Value] = ["a", "A", "ab", "Gold", "gold", None]
    row: dict[tuple[str, ...], Value] = {(name,): random.choice(words) for name in ("Name", "Kind")}
    numbers_ = [Decimal(0), Decimal(1), Decimal(7), None]
    frees: dict[Free, Value] = {
        node: random.choice(numbers_) if node.type is Type.NUMBER else random.random() < 0.5
        for node in nodes(guard)
        if isinstance(node, Free)
    }
    return World(world.after, world.prior, rows={ROW: row}, globals=world.globals, frees=frees, now=world.now)
