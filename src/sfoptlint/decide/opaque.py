"""Parts of a guard that could not be translated although they read the record: decided for each of their outcomes."""

from collections.abc import Iterator
from itertools import islice, product
from typing import Final, NamedTuple

from sfoptlint.core.expr import Call, Expr, Free, Interner, Primitive, Type, Value, substitute
from sfoptlint.decide.bounds import surely

_MOST: Final = 3
_ASKING: Final[frozenset[str]] = frozenset(
    {Primitive.AND, Primitive.OR, Primitive.NOT, Primitive.TRUTH, Primitive.IF, "NOT"}
)
_TWO_VALUED: Final[frozenset[str]] = frozenset(Primitive)


class Reading(NamedTuple):
    """The guard with one outcome put in for each untranslated part, their text, and the outcomes of those that are atoms.

    What is compared with an untranslated value has an outcome although nobody can say which value gives it.
    """

    guard: Expr
    text: str
    assumed: tuple[tuple[Free, Value], ...] = ()


def readings(order: tuple[Expr, ...], folded: tuple[Expr, ...], interner: Interner) -> tuple[Reading, ...] | None:
    """Return the guard, whose nodes are given, for every combination of outcomes; None where they are too many.

    There is one alone where nothing is open: only parts that are among the nodes of the folded guard count.
    """
    left = _left(order, folded)
    if not left:
        return (Reading(order[-1], ""),)
    atoms = tuple(islice(_atoms(order, left), _MOST + 1))
    if len(atoms) > _MOST:
        return None
    text = "; ".join(dict.fromkeys(node.text for node in folded if isinstance(node, Free) and node.reads))
    found = []
    for outcomes in product(*map(_outcomes, atoms)):
        constants = (interner.const(outcome, Type.BOOLEAN) for outcome in outcomes)
        replaced = substitute(order[-1], dict(zip(atoms, constants, strict=True)), interner)
        assumed = [(atom, value) for atom, value in zip(atoms, outcomes, strict=True) if isinstance(atom, Free)]
        found.append(Reading(replaced, text, tuple(assumed)))
    return tuple(found)


def whatever(order: tuple[Expr, ...], folded: tuple[Expr, ...], interner: Interner) -> Expr:
    """Return a guard that holds only where the given one, whose nodes these are, does for every outcome of what is open."""
    return surely(order, frozenset(_atoms(order, _left(order, folded))), interner)


def _left(order: tuple[Expr, ...], folded: tuple[Expr, ...]) -> set[Expr]:
    """Return what could not be translated and is left when the update is put in."""
    opaque: set[Expr] = {node for node in order if type(node) is Free and node.reads}
    return opaque if not opaque or folded is order else opaque.intersection(folded)


def _atoms(order: tuple[Expr, ...], opaque: set[Expr]) -> Iterator[Expr]:
    """Yield the smallest Booleans that an untranslated part is in."""
    tainted = set(opaque)
    conditions: set[Expr] | None = None
    for node in order:
        if node not in opaque and (type(node) is not Call or tainted.isdisjoint(node.args)):
            continue
        if conditions is None and node.type is not Type.BOOLEAN:
            conditions = set(_conditions(order))
        if node.type is Type.BOOLEAN or node is order[-1] or (conditions is not None and node in conditions):
            tainted.discard(node)
            yield node
        else:
            tainted.add(node)


def _conditions(order: tuple[Expr, ...]) -> Iterator[Expr]:
    """Yield what is asked for its truth."""
    for node in order:
        if isinstance(node, Call) and node.op in _ASKING:
            yield from node.args[:1] if node.op == Primitive.IF else node.args


def _outcomes(atom: Expr) -> tuple[Value, ...]:
    two_valued = (isinstance(atom, Free) and atom.type is Type.BOOLEAN) or (
        isinstance(atom, Call) and atom.op in _TWO_VALUED
    )
    return (True, False) if two_valued else (True, False, None)
