"""The elements of a list by their index; where an index or an element is not known for certain, any one of them.

Apex Reference Guide, "List Class".
"""

from dataclasses import replace
from decimal import Decimal

from sfoptlint.automation.apex.alternatives import choice
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Item, ListCell, ObjectCell, Ref, Scalar, Value
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import Node

_COMPARED = 3
"""Of a longer list, as many elements are compared with the next one."""


def first_element(run: Run, cell: ListCell, state: State) -> Value:
    """Return the first element, on a way where there is one."""
    if not cell.items:
        return Scalar(run.terms.null)
    result = cell.items[-1].value
    for item in reversed(cell.items[:-1]):
        result = choice(state.known(item.guard), item.value, result, run.terms)
    return result


def some_element(run: Run, cell: ListCell, node: Node, state: State) -> Value:
    """Return any one of the elements."""
    if not cell.items:
        return run.unknown_value(node, Type.UNKNOWN, state)
    result = cell.items[-1].value
    for number, item in enumerate(cell.items[:-1]):
        it = run.free_flag(node, FreeKind.OTHER, f"{run.words(node)} is element {number}", f":at{number}")
        result = choice(run.terms.all(state.known(item.guard), it), item.value, result, run.terms)
    return result


def put_at(  # noqa: PLR0913, PLR0917 - an element is all of this
    run: Run, ref: Ref, index: Value, value: Value, condition: Expr, state: State, *, instead: bool
) -> None:
    """Put an element into a list where the condition holds; where its place is not known, the one that it replaces may stay."""
    cell, terms = state.cell(ref), run.terms
    assert isinstance(cell, ListCell)
    at = _place(index)
    if at is None or at < 0 or not _settled(run, cell, state) or condition is not terms.true:
        if instead and len(cell.items) == 1 and not cell.more:
            rest = Item(terms.all(terms.no(condition), cell.items[0].guard), cell.items[0].value)
            state.put(ref, replace(cell, items=(rest, Item(condition, value))))
            return
        state.put(
            ref,
            replace(cell, items=(*cell.items, Item(condition, value)), more=cell.more or run.is_added_to_again(cell)),
        )
        return
    new = (Item(terms.true, value),)
    state.put(ref, replace(cell, items=(*cell.items[:at], *new, *cell.items[at + instead :]), query=None))


def taken_out(  # noqa: PLR0913, PLR0917 - an element is all of this
    run: Run, ref: Ref, cell: ListCell, index: Value, node: Node, state: State
) -> Value:
    """Remove the element of an index; where it is not known which one that is, any one of them."""
    at, terms = _place(index), run.terms
    if at is not None and _settled(run, cell, state) and 0 <= at < len(cell.items):
        state.put(ref, replace(cell, items=(*cell.items[:at], *cell.items[at + 1 :])))
        return cell.items[at].value
    stays = [
        run.free_flag(node, FreeKind.OTHER, f"{run.words(node)} leaves element {number}", f":stays{number}")
        for number in range(len(cell.items))
    ]
    kept = tuple(Item(terms.all(i.guard, stay), i.value) for i, stay in zip(cell.items, stays, strict=True))
    state.put(ref, replace(cell, items=kept))
    return some_element(run, cell, node, state)


def compared(run: Run, cell: ListCell, by: list[Value], node: Node, state: State) -> None:
    """Walk what `sort` asks of elements: the code of the tree that compares them can fail, or refuse them."""
    for one, other in zip(cell.items[:_COMPARED], cell.items[1:], strict=False):
        both = state.known(run.terms.all(one.guard, other.guard))
        if state.dead or both is run.terms.false:
            return
        aside = state.fork()
        aside.assume(both)
        _compare(run, by[0] if by else one.value, [*([one.value] if by else []), other.value], node, aside)
        state.assume(run.terms.no(both))
        join(state, aside)


def _compare(run: Run, asked: Value, arguments: list[Value], node: Node, state: State) -> None:
    cell = state.cell(asked) if isinstance(asked, Ref) else None
    type_ = run.codebase.find(cell.cls) if isinstance(cell, ObjectCell) else None
    name = "compareto" if len(arguments) == 1 else "compare"
    own = chosen(run, type_, name, arguments, state) if type_ is not None else None
    if own is not None and isinstance(asked, Ref):
        run.invoke(own[0], own[1], asked, arguments, state, node)


def shuffled(run: Run, ref: Ref, cell: ListCell, node: Node, state: State) -> None:
    """After `sort` every index may have any of the elements."""
    if len(cell.items) < 2:
        return
    scalars = [item.value.expr for item in cell.items if isinstance(item.value, Scalar)]
    if (
        len(scalars) == len(cell.items)
        and all(isinstance(expr, Const) for expr in scalars)
        and _settled(run, cell, state)
    ):
        values = [(_rank(expr), item) for expr, item in zip(scalars, cell.items, strict=True)]
        if len({type(rank) for rank, _ in values}) == 1:
            state.put(ref, replace(cell, items=tuple(item for _, item in sorted(values, key=lambda pair: pair[0]))))
            return
    state.put(ref, replace(cell, items=tuple(Item(i.guard, some_element(run, cell, node, state)) for i in cell.items)))


def _rank(expr: Expr) -> str | Decimal:
    value = expr.value if isinstance(expr, Const) else None
    return value if isinstance(value, str | Decimal) else str(value)


def _place(index: Value) -> int | None:
    """Return an index that is known."""
    number = index.expr.value if isinstance(index, Scalar) and isinstance(index.expr, Const) else None
    return int(number) if isinstance(number, Decimal) else None


def _settled(run: Run, cell: ListCell, state: State) -> bool:
    """Whether it is known which element has which index."""
    return not cell.more and cell.open is None and all(state.known(item.guard) is run.terms.true for item in cell.items)
