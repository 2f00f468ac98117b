"""DML, queries and batches by methods (Apex Reference Guide, "Database Class")."""

import re
from dataclasses import replace

from sfoptlint.automation.apex.conversion import as_list
from sfoptlint.automation.apex.dml import written
from sfoptlint.automation.apex.jobs import enqueued
from sfoptlint.automation.apex.queries import count, rows
from sfoptlint.automation.apex.records import canonical
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Item, ListCell, Opaque, Ref, Scalar, Value
from sfoptlint.automation.automation import Timing
from sfoptlint.core.expr import Const, Type, nodes
from sfoptlint.core.verdict import Cause
from sfoptlint.lang.apex.nodes import MethodInvocation


def database(run: Run, node: MethodInvocation, name: str, arguments: list[Value], state: State) -> Value:
    """Walk `Database.update(records)` and its kin."""
    at = run.place(node)
    if name in ("insert", "update", "upsert", "delete", "undelete", "merge") and arguments:
        written(run, name, arguments[0], node, state)
        return _results(run, arguments[0], state)
    if name in ("query", "querywithbinds", "getquerylocator"):
        if name != "getquerylocator":
            run.spend("query", state, at)
        if arguments and isinstance(arguments[0], Ref):
            return arguments[0]
        return rows(run, node, _queried_object(arguments), state)
    if name == "countquery":
        run.spend("query", state, at)
        return count(run, node)
    if name == "executebatch":
        if run.timing is Timing.NOW and run.batch and run.started:
            message = f"{run.words(node)}: a batch job cannot start another one while it executes"
            run.throw(state, run.terms.true, "AsyncException", message, at, cause=Cause.ASYNC)
        else:
            return enqueued(run, node, arguments[:1], state)
    return run.unknown_value(node, Type.UNKNOWN, state)


def _results(run: Run, saved: Value, state: State) -> Value:
    """A record has one result, a list one for each of its records (Apex Reference Guide, "Database Class")."""
    result = Opaque(run.terms.false, "Database.SaveResult")
    kinds = [state.cell(case) if isinstance(case, Ref) else None for _, case in cases(saved, run.terms.true, state)]
    if not all(isinstance(kind, ListCell) for kind in kinds):
        return result
    records = as_list(run, saved, state)
    some = run.terms.any(*(item.guard for item in records.items))
    items = (Item(some, result),) if records.items else ()  # one stands for all: they are alike
    return state.new(replace(records, items=items, more=records.more or len(records.items) > 1))


def _queried_object(arguments: list[Value]) -> str:
    first = arguments[0] if arguments else None
    texts = []
    if isinstance(first, Scalar):
        texts = [n.value for n in nodes(first.expr) if isinstance(n, Const) and isinstance(n.value, str)]
    for text in texts:
        found = re.search(r"\bfrom\s+(\w+)", text, re.IGNORECASE)
        if found:
            return canonical(found[1])
    return ""
