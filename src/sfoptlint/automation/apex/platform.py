"""Static methods that the platform defines (Apex Reference Guide): what they give, and what of them a save must not do."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from sfoptlint.automation.apex.arithmetic import equal
from sfoptlint.automation.apex.conversion import as_list
from sfoptlint.automation.apex.dml import written
from sfoptlint.automation.apex.ids import require_id
from sfoptlint.automation.apex.jobs import enqueued
from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.queries import count, rows
from sfoptlint.automation.apex.records import canonical
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.settings import setting
from sfoptlint.automation.apex.shapes import cases, mapped
from sfoptlint.automation.apex.spelled import spelled
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.sums import as_text
from sfoptlint.automation.apex.values import (
    ClassValue,
    Either,
    Item,
    ListCell,
    ObjectCell,
    Opaque,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.automation.automation import Timing
from sfoptlint.core.expr import Const, Expr, FreeKind, Type, nodes
from sfoptlint.core.verdict import Cause
from sfoptlint.lang.apex.nodes import MethodInvocation

_USER: Mapping[str, str] = MappingProxyType(
    {
        "getuserid": "$User.Id",
        "getprofileid": "$User.ProfileId",
        "getname": "$User.Name",
        "getusername": "$User.Username",
        "getuseremail": "$User.Email",
        "getuserroleid": "$User.UserRoleId",
        "getlastname": "$User.LastName",
        "getfirstname": "$User.FirstName",
        "getusertype": "$User.UserType",
        "getorganizationid": "$Organization.Id",
        "getorganizationname": "$Organization.Name",
    }
)
PLATFORM = frozenset(
    [
        "system",
        "string",
        "math",
        "date",
        "datetime",
        "time",
        "integer",
        "long",
        "decimal",
        "double",
        "boolean",
        "id",
        "blob",
        "json",
        "xmlstreamreader",
        "test",
        "limits",
        "userinfo",
        "schema",
        "database",
        "type",
        "label",
        "crypto",
        "encodingutil",
        "url",
        "messaging",
        "apexpages",
        "approval",
        "eventbus",
        "pattern",
        "matcher",
        "object",
        "network",
        "site",
        "auth",
        "connectapi",
        "featuremanagement",
        "security",
        "businesshours",
        "cache",
        "trigger",
        "http",
        "httprequest",
        "datacloud",
        "search",
        "answers",
        "ideas",
        "reports",
        "metadata",
        "assert",
        "uuid",
        "domain",
        "sobjecttype",
        "sobjectfield",
        "sobject",
        "exception",
        "list",
        "set",
        "map",
        "addressvalidation",
        "userprovisioning",
        "aurahandledexception",
        "request",
        "orglimits",
        "formula",
        "collator",
        "comparator",
        "dynamicexpressions",
        "queueable",
        "schedulable",
        "batchable",
        "version",
        "packaging",
        "kbmanagement",
        "dom",
        "lightning",
        "namespace",
        "wave",
        "zip",
        "sfdc_checkout",
        "chatteranswers",
        "dataweave",
        "canvas",
    ]
)
_TODAY = {"today": ("TODAY", Type.DATE), "now": ("NOW", Type.DATETIME)}
_CONTEXT = {"isbatch", "isfuture", "isqueueable", "isscheduled"}
_FOLDED = {"valueof": "", "join": "", "format": "", "escapesinglequotes": ""}
_NUMBERS = {"integer", "decimal", "double", "long"}
_BLANKS = {"isblank", "isnotblank", "isempty", "isnotempty"}


def platform_call(  # noqa: C901, PLR0911, PLR0912 - one arm for each class
    run: Run, node: MethodInvocation, names: list[str], name: str, state: State
) -> Value | None:
    """Return the result of a static method of the platform; None where the class is none of the platform's."""
    if names[0] in ("system", "schema") and len(names) > 1:
        names = names[1:]
    arguments = [run.evaluate(argument, state) for argument in node.arguments]
    if state.dead:
        return Scalar(run.terms.null)
    match names[0]:
        case "system":
            return _system(run, node, name, arguments, state)
        case "test":
            return Scalar(run.terms.const(False)) if name == "isrunningtest" else Scalar(run.terms.null)
        case "userinfo" if name in _USER:
            return Scalar(run.terms.interner.global_(_USER[name], Type.TEXT))
        case "featuremanagement" if name == "checkpermission":
            return _permission(run, node, arguments, state)
        case "database":
            return _database(run, node, name, arguments, state)
        case "string" if name in _BLANKS and arguments:
            return _blank(run, node, name, arguments[0], state)
        case "string" | "id" | "boolean" | "integer" | "decimal" | "double" | "long" if (
            name in ("valueof", "tostring") and arguments
        ):
            return _valued(run, node, names[0], arguments[0], state)
        case "date" | "datetime" if name in _TODAY:
            op, type_ = _TODAY[name]
            return Scalar(run.terms.call(op, (), type_))
        case "math" if name in _EXTREMES and all(
            isinstance(a, Scalar) and a.expr.type is Type.NUMBER for a in arguments
        ):
            numbers = tuple(a.expr for a in arguments if isinstance(a, Scalar))
            return Scalar(run.terms.call(name.upper(), numbers, Type.NUMBER))
        case "date" if name == "newinstance" and all(isinstance(a, Scalar) for a in arguments):
            return Scalar(run.terms.call("DATE", tuple(a.expr for a in arguments if isinstance(a, Scalar)), Type.DATE))
        case "limits":
            return _limit(run, node, name)
        case "type" if name == "forname" and arguments:
            return _class(run, node, arguments[-1], state)
        case "eventbus" | "messaging" | "approval":
            run.may_fail(state, run.words(node), run.place(node))
        case "json" if name.startswith("deserialize"):
            return Opaque(run.terms.false)
        case "quiddity":
            return None
    if names[0].endswith(("__c", "__mdt")) and len(names) == 1:
        return setting(run, node, names[0], name, arguments, state)
    if names[0] in PLATFORM and (len(names) == 1 or names[0] != "label") and not _is_token(names):
        return _described(run, node, arguments, state)
    return None


def _class(run: Run, node: MethodInvocation, name: Value, state: State) -> Value:
    """Return the class of a name; there may be one that is not in the tree, or none (Apex Reference Guide, "Type Class")."""
    if not isinstance(name, Scalar):
        return run.unknown_value(node, Type.UNKNOWN, state)
    if not isinstance(name.expr, Const) or run.codebase.find(str(name.expr.value), run.frame.type) is not None:
        return ClassValue(name.expr)
    text = f"there is no class {name.expr.value}"
    missing = run.lasting(text.casefold(), Type.BOOLEAN, FreeKind.CALL, node, text)
    return Either(missing, Scalar(run.terms.null), ClassValue(name.expr))


def _is_token(names: list[str]) -> bool:
    return (len(names) > 1 and ("sobjecttype" in names or "fields" in names)) or names[0] == "sobjecttype"


def _described(run: Run, node: MethodInvocation, arguments: list[Value], state: State) -> Value:
    name = node.name.casefold()
    type_ = _RESULT.get(name, Type.UNKNOWN)
    return run.unknown_value(node, type_, state, inputs=tuple(arguments), fickle=name.startswith(_FICKLE))


_EXTREMES = frozenset({"abs", "max", "min"})
_FICKLE = ("random", "getrandom", "generate", "currenttimemillis")
_RESULT = {"isapexrunningtest": Type.BOOLEAN, "matches": Type.BOOLEAN, "abs": Type.NUMBER, "max": Type.NUMBER}


def _system(run: Run, node: MethodInvocation, name: str, arguments: list[Value], state: State) -> Value:
    terms = run.terms
    if name in _CONTEXT:
        if name == "isbatch":
            return Scalar(terms.const(run.batch and run.timing is Timing.NOW and run.started))
        return Scalar(terms.const(run.timing is not Timing.NOW and name == "isqueueable"))
    if name in _TODAY:
        op, type_ = _TODAY[name]
        return Scalar(terms.call(op, (), type_))
    if name == "enqueuejob":
        return enqueued(run, node, arguments, state)
    if name in ("schedule", "schedulebatch", "debug", "abortjob", "purgeoldasyncjobs", "setpassword"):
        return Scalar(terms.null)
    if name.startswith("assert"):
        _assertion(run, node, name, arguments, state)
        return Scalar(terms.null)
    if name == "equals" and len(arguments) == 2:
        return Scalar(equal(run, arguments[0], arguments[1], node, state))
    return run.unknown_value(node, Type.UNKNOWN, state, inputs=tuple(arguments))


def _assertion(run: Run, node: MethodInvocation, name: str, arguments: list[Value], state: State) -> None:
    terms = run.terms
    holds: Expr = terms.true
    if name == "assert" and arguments and isinstance(arguments[0], Scalar):
        holds = terms.is_true(arguments[0].expr)
    elif name in ("assertequals", "assertnotequals") and len(arguments) > 1:
        same = equal(run, arguments[0], arguments[1], node, state)
        holds = same if name == "assertequals" else terms.no(same)
    message = f"{run.words(node)} fails"
    run.throw(state, terms.no(holds), "AssertException", message, run.place(node), catchable=False)


def _permission(run: Run, node: MethodInvocation, arguments: list[Value], state: State) -> Value:
    first = arguments[0] if arguments else None
    if isinstance(first, Scalar) and isinstance(first.expr, Const):
        return Scalar(run.terms.interner.global_(f"$Permission.{first.expr.value}", Type.BOOLEAN))
    return run.unknown_value(node, Type.BOOLEAN, state)


def _database(run: Run, node: MethodInvocation, name: str, arguments: list[Value], state: State) -> Value:
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


def _blank(run: Run, node: MethodInvocation, name: str, value: Value, state: State) -> Value:
    terms = run.terms

    def asked(one: Value) -> Value:
        if not isinstance(one, Scalar):
            return run.unknown_value(node, Type.BOOLEAN, state, inputs=(one,))
        blank = terms.is_blank(one.expr)
        return Scalar(terms.no(blank) if "not" in name else blank)

    return mapped(value, state, asked)


def _valued(run: Run, node: MethodInvocation, type_: str, value: Value, state: State) -> Value:
    text = _as_text(run, node, value, state) if type_ == "string" else None
    if text is not None:
        return text
    if isinstance(value, Scalar):
        kind = value.expr.type
        if type_ == "id":
            require_id(run, value, node, state)
        if type_ in ("string", "id") and kind is Type.TEXT:
            return value
        if type_ == "boolean" and kind is Type.BOOLEAN:
            return value
        if type_ in _NUMBERS and kind is Type.NUMBER:
            return value
        if type_ == "string" and kind is Type.UNKNOWN and not isinstance(value.expr, Const):
            return value
        if type_ == "string" and isinstance(value.expr, Const):
            return Scalar(run.terms.const(as_text(value.expr)))
        if type_ not in ("string", "id", "boolean") and kind is Type.TEXT:
            _no_number(run, node, value.expr, state)
    results = {"string": Type.TEXT, "id": Type.TEXT, "boolean": Type.BOOLEAN}
    return _never_null(run, run.unknown_value(node, results.get(type_, Type.NUMBER), state, inputs=(value,)))


def _never_null(run: Run, value: Scalar) -> Scalar:
    """A text that is no number throws, and null does: what comes back is one (Apex Reference Guide, "Decimal Class", valueOf)."""
    if value.expr.type is Type.NUMBER:
        run.hold(run.terms.no(run.terms.is_null(value.expr)))
    return value


def _as_text(run: Run, node: MethodInvocation, value: Value, state: State) -> Value | None:
    """Return what an object says of itself: by its own `toString`, else as the platform spells it."""
    cell = state.cell(value) if isinstance(value, Ref) else None
    type_ = run.codebase.find(cell.cls) if isinstance(cell, ObjectCell) else None
    own = chosen(run, type_, "tostring", [], state) if type_ is not None else None
    if own is not None and isinstance(value, Ref):
        return run.invoke(own[0], own[1], value, [], state, node)
    text = spelled(run, value, node, state)
    return Scalar(text) if text is not None else None


def _no_number(run: Run, node: MethodInvocation, text: Expr, state: State) -> None:
    """A text that is no number throws (Apex Reference Guide, "Integer Class", valueOf)."""
    at, words = run.place(node), run.words(node)
    if isinstance(text, Const):
        fails: Expr = run.terms.const(not str(text.value).strip().lstrip("+-").replace(".", "", 1).isdigit())
    elif not run.terms.reads(text):
        return  # what comes from outside is taken to go well
    else:
        name = run.again(f"{at.path}:{at.line}:{at.column}:number", str(id(text)))
        other = run.terms.free(name, Type.BOOLEAN, FreeKind.OPAQUE, at, f"{words}: it is no number", (text,))
        fails = run.terms.any(run.terms.no(run.terms.call("ISNUMBER", (text,), Type.BOOLEAN)), other)
    run.throw(state, fails, "TypeException", f"{words}: it is no number", at)


def _limit(run: Run, node: MethodInvocation, name: str) -> Value:
    """What is left of a limit; of what a batch job may start, there is none (Apex Developer Guide, "Execution Governors")."""
    terms = run.terms
    if name == "getlimitfuturecalls":
        return Scalar(terms.number(0 if run.batch else 50))
    if name == "getlimitqueueablejobs":
        return Scalar(terms.number(1 if run.batch else 50))
    if name in ("getfuturecalls", "getqueueablejobs") and not any(s.what == "job" for s in run.spent):
        return Scalar(terms.number(0))
    at = run.place(node)
    place = run.again(f"{at.path}:{at.line}:{at.column}", f"Limits {run.frame.id}")
    return Scalar(terms.free(place, Type.NUMBER, FreeKind.LIMIT, at, run.words(node)))
