"""The methods of texts, numbers, dates and Booleans in the core form (Apex Reference Guide, System Namespace)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sfoptlint.automation.apex.parts import has, long_enough, part_of, split
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.spelled import of_known
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Scalar, Token, Value
from sfoptlint.core.expr import AFTER, PRIOR, Call, Const, Expr, Field, FreeKind, Primitive, Type
from sfoptlint.lang.apex.nodes import MethodInvocation

_SAME_TEXT = frozenset({"tostring", "intern", "format", "name", "to15", "to18"})
_TESTS: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {
        "contains": (Primitive.HAS, False),
        "containsignorecase": (Primitive.HAS, True),
        "startswith": (Primitive.STARTS, False),
        "startswithignorecase": (Primitive.STARTS, True),
        "endswith": (Primitive.ENDS, False),
        "endswithignorecase": (Primitive.ENDS, True),
    }
)
_CHANGES: Mapping[str, str] = MappingProxyType(
    {"tolowercase": "LOWER", "touppercase": "UPPER", "trim": "TRIM", "reverse": "REVERSE"}
)
_CASES: Mapping[str, Callable[[str], str]] = MappingProxyType({"LOWER": str.lower, "UPPER": str.upper})
_PARTS = frozenset({"indexof", "substringbefore", "substringafter"})
_DATES: Mapping[str, str] = MappingProxyType({"year": "YEAR", "month": "MONTH", "day": "DAY"})
_RESULTS: Mapping[str, Type] = MappingProxyType(
    {
        "matches": Type.BOOLEAN,
        "isnumeric": Type.BOOLEAN,
        "isalpha": Type.BOOLEAN,
        "containsany": Type.BOOLEAN,
        "isactive": Type.BOOLEAN,
        "daysbetween": Type.NUMBER,
        "intvalue": Type.NUMBER,
        "gettime": Type.NUMBER,
        "indexof": Type.NUMBER,
        "compareto": Type.NUMBER,
        "monthsbetween": Type.NUMBER,
        "issuccess": Type.BOOLEAN,
        "iscreated": Type.BOOLEAN,
        "substring": Type.TEXT,
        "replaceall": Type.TEXT,
        "substringafter": Type.TEXT,
        "substringbefore": Type.TEXT,
        "adddays": Type.UNKNOWN,
    }
)


def scalar_method(  # noqa: C901, PLR0913, PLR0917 - one arm for each group
    run: Run, node: MethodInvocation, value: Scalar, name: str, arguments: list[Value], state: State
) -> Value:
    """Return the result of a method on a plain value."""
    terms, own = run.terms, value.expr
    plain = [a.expr for a in arguments if isinstance(a, Scalar)]
    if len(plain) == len(arguments) and own.type in (Type.TEXT, Type.UNKNOWN):
        known = of_known(run, own, name, plain)
        if known is not None:
            return known
        if name == "substring" and plain and not _from_outside(own):
            long_enough(run, node, own, plain, state)
        found = _of_text(run, own, name, plain)
        if found is not None:
            return Scalar(found)
    if name == "getsobjecttype":
        object_ = _of_id(run, own)
        if object_ is not None:
            return object_
    if name in ("equals", "==") and len(plain) == 1:
        return Scalar(terms.same(own, plain[0]))
    day = _of_day(run, own, name, plain)
    if day is not None:
        return Scalar(day)
    if name in _SAME_TEXT and own.type is Type.TEXT:
        return value
    if name == "split" and own.type in (Type.TEXT, Type.UNKNOWN) and not _from_outside(own):
        return split(run, node, value, arguments, state)
    return run.unknown_value(node, _RESULTS.get(name, Type.UNKNOWN), state, inputs=(value, *arguments))


def _of_id(run: Run, own: Expr) -> Value | None:
    """Return the object that an Id of the saved record belongs to."""
    if not isinstance(own, Field) or own.record not in (AFTER, PRIOR) or len(own.path) != 1:
        return None
    if own.path[0].casefold() == "id":
        return Token(run.event.object)
    known = run.terms.objects.get(run.event.object).field(own.path[0])
    return Token(known.references[0]) if known is not None and len(known.references) == 1 else None


def _from_outside(own: Expr) -> bool:
    return getattr(own, "kind", None) in (FreeKind.CALL, FreeKind.OPAQUE)


def _of_text(run: Run, own: Expr, name: str, plain: list[Expr]) -> Expr | None:
    terms = run.terms
    if name in _TESTS and len(plain) == 1:
        return _tested(run, own, name, plain[0])
    if name in _PARTS and len(plain) == 1 and isinstance(plain[0], Const) and plain[0].value:
        return part_of(run, own, name, plain[0])
    if name in ("equals", "equalsignorecase") and len(plain) == 1:
        return terms.alike(own, plain[0]) if name == "equals" else terms.same(own, plain[0])
    if name in _CHANGES and not plain:
        return terms.call(_CHANGES[name], (own,), Type.TEXT)
    if name == "length" and not plain:
        return terms.call("LEN", (own,), Type.NUMBER)
    if name in ("replace", "remove") and plain:
        by = plain[1] if len(plain) > 1 else terms.const("")
        return terms.call("SUBSTITUTE", (own, plain[0], by), Type.TEXT)
    return _cut(run, own, name, plain)


def _cut(run: Run, own: Expr, name: str, plain: list[Expr]) -> Expr | None:
    terms = run.terms
    if (name == "substring" and len(plain) == 1) or (name in ("mid", "substring") and len(plain) == 2):
        start = terms.call("+", (plain[0], terms.number(1)), Type.NUMBER)
        length = terms.call("LEN", (own,), Type.NUMBER) if len(plain) == 1 else plain[1]
        if name == "substring" and len(plain) == 2:
            length = terms.call("-", (plain[1], plain[0]), Type.NUMBER)
        return terms.call("MID", (own, start, length), Type.TEXT)
    if name in ("left", "right") and len(plain) == 1:
        return terms.call(name.upper(), (own, plain[0]), Type.TEXT)
    return None


def _tested(run: Run, own: Expr, name: str, part: Expr) -> Expr:
    """Whether a part is in a text; of a text in one case, the part in that case is looked for in any."""
    op, ci = _TESTS[name]
    asked = part.value if isinstance(part, Const) else None
    if isinstance(own, Call) and own.op in _CASES and isinstance(asked, str) and asked.isascii() and not ci:
        if _CASES[own.op](asked) != asked:
            return run.terms.false
        own, ci = own.args[0], True
    return (
        has(run, own, part) if op == Primitive.HAS and not ci else run.terms.call(op, (own, part), Type.BOOLEAN, ci=ci)
    )


def _of_day(run: Run, own: Expr, name: str, plain: list[Expr]) -> Expr | None:
    terms = run.terms
    if name == "date" and own.type is Type.DATETIME:
        return terms.call("DATEVALUE", (own,), Type.DATE)
    if own.type is not Type.DATE:
        return None
    if name in _DATES and not plain:
        return terms.call(_DATES[name], (own,), Type.NUMBER)
    if name in ("adddays", "addmonths", "addyears") and len(plain) == 1:
        return _later(run, own, name, plain[0])
    if name == "daysbetween" and len(plain) == 1 and plain[0].type is Type.DATE:
        return terms.call("-", (plain[0], own), Type.NUMBER)
    return None


def _later(run: Run, own: Expr, name: str, by: Expr) -> Expr:
    if name == "adddays":
        return run.terms.call("+", (own, by), Type.DATE)
    months = by if name == "addmonths" else run.terms.call("*", (by, run.terms.number(12)), Type.NUMBER)
    return run.terms.call("ADDMONTHS", (own, months), Type.DATE)
