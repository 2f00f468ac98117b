"""Loops of unknown end: any of their rounds, walked once, from what any rounds before it may have left.

A first round is walked on trial to see what it sets; what it sets is left open, and the round that counts begins there. Where
that sets something further, because one variable is set from another, it is walked again with that left open too. The rows of
earlier rounds are other rows.
"""

from collections.abc import Callable, Mapping

from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.earlier import Earlier
from sfoptlint.automation.apex.frames import Exits
from sfoptlint.automation.apex.names import local, root, type_named
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Either, ObjectCell, Ref
from sfoptlint.core.expr import Expr
from sfoptlint.lang.apex.nodes import (
    AssignmentExpression,
    EnhancedForStatement,
    Identifier,
    LocalVariableDeclaration,
    MethodInvocation,
    Node,
    Super,
    This,
    TypeName,
    UpdateExpression,
    walk,
)

Round = Callable[[State, Exits], None]
"""Walks a loop once, or not at all; the state becomes the one behind it."""
_TIMES = 6
"""How often the round that counts is walked: once more for each variable that is set from one before it."""


_CHANGES = frozenset({"add", "addall", "put", "putall", "set", "remove", "removeall", "retainall", "clear", "sort"})
"""Methods that change a collection."""


def any_round(  # noqa: PLR0913, PLR0917 - a loop is all of this
    run: Run, node: Node, state: State, exits: Exits, round_: Round, when: Expr
) -> None:
    """Walk a loop of unknown end, which goes round at all where the condition holds; the state becomes the one behind it."""
    if run.trials:
        round_(state, exits)  # the loop around this one is on trial; what more rounds set shows when it counts
        return
    earlier, after, found = Earlier(run, node, state, when), state.fork(), _Found(run)
    with run.trial(node):
        round_(after, Exits())
    found.put_back()
    if not after.dead:
        earlier.opens(after, state)
    for left in reversed(range(_TIMES)):
        before, mine, found = state.fork(), Exits(), _Found(run)
        round_(state, mine)
        met = len(run.axioms)
        settled = state.dead or not earlier.opens(state, before)
        if settled or not left:
            if not settled:
                what = "a loop that sets one variable from another was not walked to its end"
                run.unknown(before, what, run.place(node))
            earlier.close(state)
            exits.add(mine)
            return
        found.put_back(met)
        state.become(before)


class _Found:
    """What a walk has found so far, to go back to where a round does not count."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._effects, self._spent = len(run.effects), len(run.spent)
        self._axioms = len(run.axioms)
        self._thrown = [len(handler) for handler in run.handlers]
        self._names = run.names.mark()

    def put_back(self, met: int | None = None) -> None:
        """Let nothing count that was found since; of the axioms, only what is said of rounds before: that comes from `met` on."""
        run = self._run
        del run.effects[self._effects :], run.spent[self._spent :]
        del run.axioms[self._axioms : met]
        for handler, kept in zip(run.handlers, self._thrown, strict=True):
            del handler[kept:]
        run.names.back(self._names)


def leaves_something(run: Run, node: EnhancedForStatement, state: State) -> bool:
    """Whether a round can set what the next one reads: something that was there before, or what a method of the tree sets.

    A collection that is only added to is not read.
    """
    inside = {node.name.casefold(): node.type}
    for inner in walk(node.body):
        if isinstance(inner, LocalVariableDeclaration):
            inside.update({declarator.name.casefold(): inner.type for declarator in inner.declarators})
    for inner in walk(node.body):
        if isinstance(inner, AssignmentExpression | UpdateExpression):
            target = inner.left if isinstance(inner, AssignmentExpression) else inner.operand
            if root(target) not in inside:
                return True
        elif isinstance(inner, MethodInvocation) and _is_ours(run, inner, inside, state):
            return True
    return _reads_what_it_adds_to(node, inside)


def _reads_what_it_adds_to(node: EnhancedForStatement, inside: Mapping[str, TypeName]) -> bool:
    changed, adding = set[str](), set[Node]()
    for inner in walk(node.body):
        if isinstance(inner, MethodInvocation) and inner.name.casefold() in _CHANGES:
            name = root(inner.object)
            if name and name not in inside:
                changed.add(name)
                if isinstance(inner.object, Identifier):
                    adding.add(inner.object)
    return any(
        isinstance(inner, Identifier) and inner.name.casefold() in changed and inner not in adding
        for inner in walk(node.body)
    )


def _is_ours(run: Run, node: MethodInvocation, inside: Mapping[str, TypeName], state: State) -> bool:
    """Whether a call may be of a method of the tree; those of collections, records and texts are not."""
    name = root(node.object)
    if node.object is None or isinstance(node.object, This | Super):
        return True
    if name in inside:
        return run.codebase.find(inside[name].name, run.frame.type) is not None
    known = state.store.get(local(run, name))
    if isinstance(known, Ref):
        return isinstance(state.cell(known), ObjectCell)
    if known is not None:
        return isinstance(known, Either)
    return bool(name) and (type_named(run, [name]) is not None or _is_field(run, name))


def _is_field(run: Run, name: str) -> bool:
    lineage = run.codebase.lineage(run.frame.type) if run.frame.type else ()
    return any(name in type_.fields and run.codebase.find(_type_of(type_, name)) is not None for type_ in lineage)


def _type_of(type_: ApexType, name: str) -> str:
    return type_.fields[name].declaration.type.name
