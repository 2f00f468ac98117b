"""Apex that a flow calls: what an invocable method does to the save of the record that the flow hands over.

Apex Developer Guide, "InvocableMethod Annotation": the method takes one list, with an element for each interview of the chunk,
whose fields with the annotation InvocableVariable hold what the flow gives by their names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sfoptlint.automation.apex.codebase import ApexType, Codebase
from sfoptlint.automation.apex.context_variables import context
from sfoptlint.automation.apex.frames import Event, Frame
from sfoptlint.automation.apex.limits import over_limit
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.trigger import deep
from sfoptlint.automation.apex.values import (
    Item,
    ListCell,
    ObjectCell,
    Origin,
    OutOfBudgetError,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.automation.apex.walk import Walk
from sfoptlint.automation.flow.frame import Acted
from sfoptlint.core.expr import AFTER, Expr, Interner
from sfoptlint.core.outcome import Context
from sfoptlint.lang.apex.nodes import MethodDeclaration, TypeName
from sfoptlint.model.objects import Objects

_TEXTS = frozenset({"id", "string"})


@dataclass(frozen=True, slots=True)
class ApexActions:
    """The invocable classes of a tree."""

    codebase: Codebase
    objects: Objects
    context: Context

    def effects(self, name: str, object_: str, inputs: Mapping[str, Expr | None], interner: Interner) -> Acted | None:
        """Return what the method of a class does, None where it is not in the tree or not followed.

        `inputs` by name; None stands for the saved record, which is of `object_`.
        """
        type_ = self.codebase.find(name)
        method = _invocable(type_) if type_ is not None else None
        if type_ is None or method is None or len(method.parameters) != 1:
            return None
        run = Walk(self.codebase, Terms(interner, self.objects), self.context)
        state = State(run.terms)
        run.event = Event("after", object_)
        context(run, state, object_)
        run.frames = [Frame("action", type_.file, type_, None, type_.name)]
        try:
            with deep():
                handed = _element(run, method.parameters[0].type, object_, inputs, type_, method, state)
                if handed is None:
                    return None
                every = state.new(ListCell((Item(run.terms.true, handed),), chunked=True))
                run.invoke(type_, method, None, [every], state, method)
        except (OutOfBudgetError, RecursionError):
            return None
        return Acted((*run.effects, *over_limit(run)), tuple(run.axioms))


def _invocable(type_: ApexType) -> MethodDeclaration | None:
    for methods in type_.methods.values():
        for method in methods:
            if any(mark.name.casefold() == "invocablemethod" for mark in method.modifiers.annotations):
                return method
    return None


def _element(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Walk,
    list_: TypeName,
    object_: str,
    inputs: Mapping[str, Expr | None],
    within: ApexType,
    method: MethodDeclaration,
    state: State,
) -> Value | None:
    """Return what the list holds for the saved record; None where it holds something that is not followed."""
    of = replace(list_, dimensions=0) if list_.dimensions == 1 else next(iter(list_.arguments), list_)
    if of == list_ or (list_.dimensions == 0 and list_.name.casefold() != "list"):
        return None
    name = of.name.casefold()
    only = next(iter(inputs.values())) if len(inputs) == 1 else None
    if name in _TEXTS:
        return Scalar(only) if only is not None else None
    if name in ("sobject", object_.casefold()):
        return _record(run, object_, state) if len(inputs) == 1 and only is None else None
    request = run.codebase.find(of.name, within)
    if request is None:
        return None
    this = run.construct(request, [], state, method)
    cell = state.cell(this)
    assert isinstance(cell, ObjectCell)
    given: dict[str, Value] = {
        field.casefold(): _record(run, object_, state) if value is None else Scalar(value)
        for field, value in inputs.items()
    }
    state.put(this, replace(cell, fields={**cell.fields, **given}))
    return this


def _record(run: Walk, object_: str, state: State) -> Ref:
    """Return a copy of the saved record, as it is once it is saved."""
    return state.new(RecordCell(object_, Origin.HANDED, AFTER, own=run.terms.true))
