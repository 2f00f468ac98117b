"""Parts of a guard that could not be translated although they read the record: decided for each of their outcomes."""

from collections.abc import Iterator
from itertools import product
from typing import Final, NamedTuple

from sfoptlint.core.expr import Call, Expr, Free, Interner, Primitive, Type, Value, nodes, operands, substitute

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


def readings(order: tuple[Expr, ...], folded: Expr, interner: Interner) -> tuple[Reading, ...] | None:
    """Return the guard, whose nodes are given, for every combination of outcomes; None where they are too many.

    There is one alone where nothing is open: only parts that are left when the update is put in count.
    """
    left = {node for node in order if _is_opaque(node)}
    if left:
        left &= set(nodes(folded))
    if not left:
        return (Reading(order[-1], ""),)
    atoms = tuple(_atoms(order, left))
    if len(atoms) > _MOST:
        return None
    text = "; ".join(dict.fromkeys(node.text for node in nodes(folded) if isinstance(node, Free) and node.reads))
    found = []
    for outcomes in product(*map(_outcomes, atoms)):
        constants = (interner.const(outcome, Type.BOOLEAN) for outcome in outcomes)
        replaced = substitute(order[-1], dict(zip(atoms, constants, strict=True)), interner)
        assumed = [(atom, value) for atom, value in zip(atoms, outcomes, strict=True) if isinstance(atom, Free)]
        found.append(Reading(replaced, text, tuple(assumed)))
    return tuple(found)


def _is_opaque(node: Expr) -> bool:
    return isinstance(node, Free) and bool(node.reads)


def _atoms(order: tuple[Expr, ...], opaque: set[Expr]) -> Iterator[Expr]:
    """Yield the smallest Booleans that an untranslated part is in."""
    tainted: set[Expr] = set()
    conditions = set(_conditions(order))
    for node in order:
        below = node in opaque or any(arg in tainted for arg in operands(node))
        if below and (node.type is Type.BOOLEAN or node in conditions or node is order[-1]):
            yield node
        elif below:
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
