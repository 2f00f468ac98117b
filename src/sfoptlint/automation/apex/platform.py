"""Static methods that the platform defines (Apex Reference Guide): what they give, and what of them a save must not do."""

from collections.abc import Mapping
from types import MappingProxyType

from sfoptlint.automation.apex.arithmetic import equal
from sfoptlint.automation.apex.database_class import database
from sfoptlint.automation.apex.jobs import enqueued
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.settings import setting
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.value_of import is_blank, value_of
from sfoptlint.automation.apex.values import (
    ClassValue,
    Either,
    Opaque,
    Scalar,
    Value,
)
from sfoptlint.automation.automation import Timing
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
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
            return database(run, node, name, arguments, state)
        case "string" if name in _BLANKS and arguments:
            return is_blank(run, node, name, arguments[0], state)
        case "string" | "id" | "boolean" | "integer" | "decimal" | "double" | "long" if (
            name in ("valueof", "tostring") and arguments
        ):
            return value_of(run, node, names[0], arguments[0], state)
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
