"""Guards with parts that could not be translated: what is said of them holds whatever those parts are."""

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.expr import AFTER, Expr, Free, FreeKind, Interner, Primitive, Type, nodes
from sfoptlint.core.location import Place
from sfoptlint.core.logic import all_of, any_of, not_
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import decide
from sfoptlint.decide.opaque import whatever
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World
from tests.decide.asking import CONTACT, scenario

FIELDS = ("VIP__c", "Blocked__c")
ATOMS = 5
Shape = tuple[str, tuple["Shape", ...]] | str

shapes = st.recursive(
    st.sampled_from([*FIELDS, *(f"opaque {at}" for at in range(ATOMS))]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), st.tuples(inner, inner)),
        st.tuples(st.just("not"), st.tuples(inner)),
        st.tuples(st.just("if"), st.tuples(inner, inner, inner)),
    ),
    max_leaves=12,
)


def built(shape: Shape, interner: Interner) -> Expr:
    match shape:
        case str() if shape.startswith("opaque"):
            reads = (interner.field(AFTER, ("Reason__c",), Type.TEXT),)
            return interner.free(Free(shape, Type.BOOLEAN, FreeKind.OPAQUE, Place("f", 1), shape, reads))
        case str():
            return interner.field(AFTER, (shape,), Type.BOOLEAN)
        case ("and", args):
            return all_of((built(arg, interner) for arg in args), interner)
        case ("or", args):
            return any_of((built(arg, interner) for arg in args), interner)
        case ("not", (arg,)):
            return not_(built(arg, interner), interner)
        case (_, args):
            return interner.call(Primitive.IF, tuple(built(arg, interner) for arg in args), Type.BOOLEAN)


@given(shapes, st.lists(st.booleans(), min_size=ATOMS + 2, max_size=ATOMS + 2))
def test_what_is_sure_holds_whatever_the_open_parts_are(shape: Shape, values: list[bool]) -> None:
    interner = Interner()
    guard = built(shape, interner)
    sure = whatever(tuple(nodes(guard)), tuple(nodes(guard)), interner)
    assert not any(isinstance(node, Free) for node in nodes(sure))
    frees = {node: values[int(node.name[-1])] for node in nodes(guard) if isinstance(node, Free)}
    world = World({("VIP__c",): values[-1], ("Blocked__c",): values[-2]}, frees=frees)
    if Evaluation(world).outcome(sure) is True:
        assert Evaluation(world).outcome(guard) is True


def decided(shape: Shape) -> Verdict:
    interner = Interner()
    return decide(built(shape, interner), (), scenario(), CONTACT, interner).verdict


FIVE: tuple[Shape, ...] = tuple(f"opaque {at}" for at in range(ATOMS))


def chained(op: str, parts: tuple[Shape, ...]) -> Shape:
    first, *rest = parts
    for part in rest:
        first = (op, (first, part))
    return first


def test_many_open_parts_beside_a_record_that_is_rejected_anyway_are_sometimes() -> None:
    assert decided(("or", ("VIP__c", chained("and", FIVE)))) is Verdict.SOMETIMES


def test_many_open_parts_that_a_proof_does_not_need_are_never() -> None:
    contradiction: Shape = ("and", ("VIP__c", ("not", ("VIP__c",))))
    assert decided(("and", (contradiction, chained("or", FIVE)))) is Verdict.NEVER


def test_many_open_parts_that_decide_are_unknown() -> None:
    assert decided(("and", ("VIP__c", chained("and", FIVE)))) is Verdict.UNKNOWN


def test_two_readings_that_both_reject_somebody_are_sometimes() -> None:
    always: Shape = ("or", ("VIP__c", ("not", ("VIP__c",))))
    assert decided(("if", ("opaque 0", always, "VIP__c"))) is Verdict.SOMETIMES
    assert decided(("if", ("opaque 0", "VIP__c", ("and", ("VIP__c", ("not", ("VIP__c",))))))) is Verdict.UNKNOWN
