"""Parts of a guard that could not be translated although they read the record: decided for each of their outcomes."""

from collections.abc import Iterator
from itertools import product
from typing import Final, NamedTuple

from sfoptlint.core.expr import Call, Expr, Free, Interner, Primitive, Type, Value, nodes, operands, substitute
from sfoptlint.core.logic import all_of, any_of, false, not_, true

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


def whatever(order: tuple[Expr, ...], folded: Expr, interner: Interner) -> Expr:
    """Return a guard that holds only where the given one, whose nodes these are, does for every outcome of what is open."""
    left = {node for node in order if _is_opaque(node)} & set(nodes(folded))
    atoms = set(_atoms(order, left))
    bounds: dict[Expr, tuple[Expr, Expr]] = {}
    for node in order:
        if node in atoms:
            bounds[node] = (false(interner), true(interner))
        elif isinstance(node, Call) and any(bounds[arg] != (arg, arg) for arg in node.args):
            bounds[node] = _bounds(node, [bounds[arg] for arg in node.args], interner)
        else:
            bounds[node] = (node, node)
    return bounds[order[-1]][0]


def _bounds(node: Call, args: list[tuple[Expr, Expr]], interner: Interner) -> tuple[Expr, Expr]:
    """Return what the node is at least, and at most, from what its operands are."""
    least, most = [low for low, _ in args], [high for _, high in args]
    match node.op:
        case Primitive.AND:
            return all_of(least, interner), all_of(most, interner)
        case Primitive.OR:
            return any_of(least, interner), any_of(most, interner)
        case Primitive.NOT:
            return not_(most[0], interner), not_(least[0], interner)
        case Primitive.IF if node.type is Type.BOOLEAN:
            other = not_(most[0], interner), not_(least[0], interner)
            yes, no = any_of((other[0], least[1]), interner), any_of((least[0], least[2]), interner)
            one, two = all_of((most[0], most[1]), interner), all_of((other[1], most[2]), interner)
            return all_of((yes, no), interner), any_of((one, two), interner)
    return false(interner), true(interner)


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
