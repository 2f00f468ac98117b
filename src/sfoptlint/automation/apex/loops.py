"""Loops: over the chunk once, for one record stands for all; over rows once, for some row; over known elements one by one.

Apex Developer Guide, "Loops".
"""

from collections.abc import Iterator, Sequence

from sfoptlint.automation.apex.conversion import as_list
from sfoptlint.automation.apex.counters import is_one_more_in
from sfoptlint.automation.apex.expressions import truth
from sfoptlint.automation.apex.fields import require
from sfoptlint.automation.apex.frames import Exits
from sfoptlint.automation.apex.further import in_earlier_round
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.names import local
from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.records import canonical
from sfoptlint.automation.apex.rounds import any_round, leaves_something
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records, cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.store import Store
from sfoptlint.automation.apex.values import (
    Item,
    ListCell,
    ObjectCell,
    Opaque,
    Origin,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Const, Expr, Free, FreeKind, RecordKind, RecordRef, Type, nodes
from sfoptlint.lang.apex.nodes import (
    AssignmentExpression,
    DoStatement,
    EnhancedForStatement,
    ForStatement,
    Identifier,
    LocalVariableDeclaration,
    Node,
    QueryExpression,
    Statement,
    UpdateExpression,
    WhileStatement,
    walk,
)

_MOST = 25
"""How often a loop is walked whose end is known."""


def each(run: Run, node: EnhancedForStatement, state: State, exits: Exits) -> None:
    """Walk `for (Type name : value)`."""
    value = run.evaluate(node.value, state)
    require(run, value, node.value, state)
    value = _iterated(run, value, node, state)
    if state.dead:
        return
    elements = as_list(run, value, state)
    chunk = elements.chunked and not run.company and not isinstance(node.value, QueryExpression)
    known = _known(run, node, elements, value, state)
    further = elements.more or elements.open is not None or len(known) > _MOST

    def unknown(way: State, out: Exits, which: str) -> None:
        if elements.open is not None:
            some = Item(_some(run, node, elements.open, which), _any(run, node, way, value, which))
            _once(run, node, some, way, out, chunk=False, rows=True)

    def rounds(way: State, out: Exits) -> None:
        unknown(way, out, "")
        for item in _of_earlier_rounds(run, known, way) if run.trials and elements.more else known[:_MOST]:
            _once(run, node, item, way, out, chunk=chunk, rows=elements.more)
        if len(known) > _MOST:
            _once(run, node, _any_of(run, node, known[_MOST:], way), way, out, chunk=chunk, rows=True)
        if known and not run.trials:
            unknown(way, out, "last")  # those that are not known may stand before the others, and behind them

    mine, before = Exits(returns=exits.returns), state.store.fork()
    if further and leaves_something(run, node, state):
        some = (state.known(item.guard) for item in known)
        any_round(run, node, state, mine, rounds, run.terms.any(*some, elements.open or run.terms.false))
    else:
        rounds(state, mine)
    join(state, *mine.breaks)
    if chunk and not further:
        _count(run, node, before, state)


def _of_earlier_rounds(run: Run, known: Sequence[Item], state: State) -> Iterator[Item]:
    """Yield what earlier rounds may have gone over: of many known elements the first and the last."""
    for item in known if len(known) <= 2 else (known[0], known[-1]):
        yield in_earlier_round(run, item, state)


def _iterated(run: Run, value: Value, node: EnhancedForStatement, state: State) -> Value:
    """Return what an object of the tree gives to be looped over (Apex Developer Guide, "Custom Iterators")."""
    cell = state.cell(value) if isinstance(value, Ref) else None
    type_ = run.codebase.find(cell.cls) if isinstance(cell, ObjectCell) else None
    own = chosen(run, type_, "iterator", [], state) if type_ is not None else None
    if own is None or not isinstance(value, Ref):
        return value
    return run.invoke(own[0], own[1], value, [], state, node)


def _known(run: Run, node: EnhancedForStatement, elements: ListCell, value: Value, state: State) -> Sequence[Item]:
    """Return the elements that are walked one by one; a loop over lists of rows takes all of them at once."""
    batches = node.type.dimensions > 0 or node.type.names[-1].casefold() == "list"
    if batches and elements.items and not any(_is_list(item.value, state) for item in elements.items):
        return [Item(run.terms.any(*(i.guard for i in elements.items)), value)]
    return elements.items


def _is_list(value: Value, state: State) -> bool:
    return any(
        isinstance(case, Ref) and isinstance(state.cell(case), ListCell)
        for _, case in cases(value, state.terms.true, state)
    )


def _any_of(run: Run, node: EnhancedForStatement, items: Sequence[Item], state: State) -> Item:
    """Return any one of the elements that are not walked one by one; a record among them is left open."""
    guard = run.terms.all(run.terms.any(*(i.guard for i in items)), _some(run, node, run.terms.true, ""))
    values = [item.value for item in items]
    if all(isinstance(value, Scalar) for value in values):
        return Item(guard, run.unknown_value(node.value, Type.UNKNOWN, state, inputs=tuple(values)))
    if any(carries_records(value, state) for value in values):
        run.unknown(state, "a loop over a long list was not walked to its end", run.place(node))
    return Item(guard, values[0])


def _some(run: Run, node: Node, opened: Expr, which: str) -> Expr:
    text = f"{run.words(node)} has an element"
    return run.terms.all(opened, run.free_flag(node, FreeKind.OTHER, text, f":some{which}"))


def _any(run: Run, node: EnhancedForStatement, state: State, value: Value, which: str) -> Value:
    """Return an element of which nothing is known but its type; `which` tells two of them apart."""
    at = run.place(node)
    name = node.type.name
    folded = name.casefold()
    if folded in ("string", "id"):
        of = f"an element of {run.words(node.value)}"
        named = run.again(f"{at.path}:{at.line}:element{which}", run.frame.id)
        free = run.terms.free(named, Type.TEXT, FreeKind.OTHER, at, of)
        return Scalar(free)
    if carries_records(value, state):
        return Opaque(run.terms.false, tainted=True)
    if (
        folded.endswith(("__c", "__mdt", "__r"))
        or run.terms.objects.get(name).field("Id") is not None
        or folded == "sobject"
    ):
        ref = RecordRef(RecordKind.ROW, run.again(f"{at.path}:{at.line}", f"row {run.trials}{which}"))
        return state.new(RecordCell("" if folded == "sobject" else canonical(name), Origin.ROW, ref))
    return run.unknown_value(node.value if which else node, Type.UNKNOWN, state)


def _once(  # noqa: PLR0913 - one time round is all of this
    run: Run, node: EnhancedForStatement, item: Item, state: State, exits: Exits, *, chunk: bool, rows: bool
) -> None:
    if state.dead:
        return
    guard = state.known(item.guard)
    inside = state.fork()
    inside.assume(guard)
    state.assume(run.terms.no(guard))
    if inside.dead:
        return
    key = local(run, node.name)
    run.declared[key] = node.type
    inside.store[key] = item.value
    round_ = Exits(returns=exits.returns, breaks=exits.breaks)
    run.chunk_loops += chunk
    with run.round(node, rows=rows):
        run.execute(node.body, inside, round_)
    run.chunk_loops -= chunk
    join(state, inside, *round_.continues)


def _count(run: Run, node: EnhancedForStatement, before: Store, state: State) -> None:
    """What is counted up for one record of the chunk is counted up for others too."""
    for inner in walk(node.body):
        target = inner.operand if isinstance(inner, UpdateExpression) else None
        if isinstance(inner, AssignmentExpression) and inner.operator != "=":
            target = inner.left
        key = local(run, target.name) if isinstance(target, Identifier) else ("", "")
        old, new = before.get(key), state.store.get(key)
        if isinstance(old, Scalar) and isinstance(new, Scalar) and old is not new and new.expr.type is Type.NUMBER:
            at = run.place(node)
            free = run.terms.free(
                f"{at.path}:{at.line}:{key}", Type.NUMBER, FreeKind.HAVOC, at, "what the loop counted"
            )
            state.store[key] = Scalar(run.terms.choose(run.terms.same(new.expr, old.expr), old.expr, free))


def counted(run: Run, node: ForStatement, state: State, exits: Exits) -> None:
    """Walk `for (init; condition; update)`: round by round while its condition is decided, else once for any round."""
    if isinstance(node.init, LocalVariableDeclaration):
        run.execute(node.init, state, exits)
    else:
        for expression in node.init:
            run.evaluate(expression, state)
    mine = Exits(returns=exits.returns)
    over_chunk = any("trigger." in run.words(part).casefold() for part in _head(node))
    for round_ in range(_MOST + 1):
        condition = truth(run, node.condition, state) if node.condition else run.terms.true
        if state.dead or condition is run.terms.false:
            break
        if round_ == _MOST or not isinstance(condition, Const):
            if round_ in {0, _MOST} or not _about_chunk(condition):
                _undecided(run, node, state, mine)
            break
        chunk = not run.company and (over_chunk or _over_chunk(run, node, state))
        _round(run, node.body, state, mine, chunk=chunk)
        _update(run, node, state)
    join(state, *mine.breaks)


def _update(run: Run, node: ForStatement | WhileStatement | DoStatement, state: State) -> None:
    for expression in node.update if isinstance(node, ForStatement) else ():
        if not state.dead:
            run.evaluate(expression, state)


def _about_chunk(condition: Expr) -> bool:
    return any(isinstance(node, Free) and node.name.endswith(":Trigger.size") for node in nodes(condition))


def _head(node: ForStatement) -> Iterator[Node]:
    """Yield what a loop counts from and to."""
    yield from (node.init,) if isinstance(node.init, Node) else node.init
    if node.condition is not None:
        yield node.condition


def _over_chunk(run: Run, node: ForStatement, state: State) -> bool:
    """Whether the loop counts through a list that has an element for each record of the chunk."""
    for inner in (inner for part in _head(node) for inner in walk(part)):
        if isinstance(inner, Identifier):
            value = state.value(local(run, inner.name))
            cell = state.store.get(value.cell) if value is not None and hasattr(value, "cell") else None
            if isinstance(cell, ListCell) and cell.chunked:
                return True
    return False


def _round(run: Run, body: Statement, state: State, exits: Exits, *, chunk: bool) -> None:
    round_ = Exits(returns=exits.returns, breaks=exits.breaks)
    run.chunk_loops += chunk
    with run.round(body):
        run.execute(body, state, round_)
    run.chunk_loops -= chunk
    join(state, *round_.continues)


def _undecided(run: Run, node: ForStatement | WhileStatement | DoStatement, state: State, exits: Exits) -> None:
    """Walk a loop once for any of its rounds."""

    def once(way: State, out: Exits) -> None:
        inside = way.fork()
        with run.round(node, rows=True):
            inside.assume(truth(run, node.condition, inside) if node.condition else run.terms.true)
            is_one_more_in(run, node, inside)
            _round(run, node.body, inside, out, chunk=False)
            _update(run, node, inside)
        way.assume(run.terms.no(truth(run, node.condition, way)) if node.condition else run.terms.false)
        join(way, inside)

    any_round(run, node, state, exits, once, run.terms.true)


def repeated(run: Run, node: WhileStatement | DoStatement, state: State, exits: Exits) -> None:
    """Walk `while` and `do`."""
    mine = Exits(returns=exits.returns)
    if isinstance(node, DoStatement):
        _round(run, node.body, state, mine, chunk=False)
    for round_ in range(_MOST + 1):
        condition = truth(run, node.condition, state)
        if state.dead or condition is run.terms.false:
            break
        if round_ == _MOST or not isinstance(condition, Const):
            _undecided(run, node, state, mine)
            break
        _round(run, node.body, state, mine, chunk=False)
    join(state, *mine.breaks)
