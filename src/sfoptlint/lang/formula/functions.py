"""Function calls in the core form: what has a total primitive becomes it, the rest keeps its own name and law."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Call as CoreCall
from sfoptlint.core.expr import Const, Expr, Field, Free, FreeKind, Primitive, Type, Value, nodes
from sfoptlint.lang.formula.building import as_prior, common, negate, retype
from sfoptlint.lang.formula.catalogue import FUNCTIONS
from sfoptlint.lang.formula.nodes import Call
from sfoptlint.lang.formula.operators import Lowering, is_open, is_text

Args = tuple[Expr, ...]
_Lower = Callable[[Lowering, Call, Args], Expr]


def function(lowering: Lowering, call: Call, args: Args) -> Expr:
    """Lower a call of a known function with a fitting number of arguments."""
    name = call.name.upper()
    special = _SPECIAL.get(name)
    if special is not None:
        return special(lowering, call, args)
    return lowering.interner.call(name, args, FUNCTIONS[name].result)


def _primitive(op: Primitive) -> _Lower:
    def lower(lowering: Lowering, _call: Call, args: Args) -> Expr:
        return lowering.interner.call(op, args, Type.BOOLEAN)

    return lower


def _not(lowering: Lowering, _call: Call, args: Args) -> Expr:
    return negate(args[0], lowering.interner)


def _if(lowering: Lowering, _call: Call, args: Args) -> Expr:
    condition, yes, no = args
    type_ = common((yes.type, no.type))
    interner = lowering.interner
    branches = (condition, retype(yes, type_, interner), retype(no, type_, interner))
    return interner.call(Primitive.IF, branches, type_)


def _ifs(lowering: Lowering, call: Call, args: Args) -> Expr:
    result = args[-1]
    for at in range(len(args) - 3, -1, -2):
        result = _if(lowering, call, (args[at], args[at + 1], result))
    return result


def _case(lowering: Lowering, call: Call, args: Args) -> Expr:
    """CASE evaluates every argument, so it stays one call.

    Whether a blank text matches a blank one has no source, so where a text may be compared with a blank both are left open.
    """
    interner = lowering.interner
    compared = (args[0], *args[1:-1:2])
    type_ = common(tuple(arg.type for arg in (*args[2:-1:2], args[-1])))
    strict = interner.call("CASE", args, type_)
    if not (is_text(*compared) or is_open(*compared)) or all(_never_blank(label) for label in compared[1:]):
        return strict
    filled = [_filled(lowering, arg) if at % 2 or not at else arg for at, arg in enumerate(args[:-1])]
    as_text = interner.call("CASE", (*filled, args[-1]), type_)
    return interner.call(Primitive.IF, (lowering.reading(call, compared), as_text, strict), type_)


def _never_blank(expr: Expr) -> bool:
    return isinstance(expr, Const) and expr.value not in (None, "")


def _filled(lowering: Lowering, expr: Expr) -> Expr:
    """Return the text with the empty text for blank."""
    interner = lowering.interner
    return interner.call("&", (expr, interner.const("", Type.TEXT)), Type.TEXT)


def _join(lowering: Lowering, call: Call, args: Args) -> Expr:
    type_ = common(tuple(arg.type for arg in args))
    return lowering.interner.call(call.name.upper(), args, type_)


def _isnull(lowering: Lowering, call: Call, args: Args) -> Expr:
    """ISNULL of text is FALSE, blank or not (Salesforce Help, "ISNULL": text fields are never null)."""
    interner = lowering.interner
    blank = interner.call(Primitive.BLANK, args, Type.BOOLEAN)
    never = interner.const(False, Type.BOOLEAN)
    if is_text(*args):
        return never
    if not is_open(*args):
        return blank
    return interner.call(Primitive.IF, (lowering.reading(call, args), never, blank), Type.BOOLEAN)


def _nullvalue(lowering: Lowering, call: Call, args: Args) -> Expr:
    """NULLVALUE of text is its first argument, for the same reason that ISNULL is FALSE."""
    if is_text(*args):
        return args[0]
    replaced = _join(lowering, Call("BLANKVALUE", call.args), args)
    if not is_open(*args):
        return replaced
    reading = lowering.reading(call, args)
    return lowering.interner.call(Primitive.IF, (reading, args[0], replaced), replaced.type)


def _ispickval(lowering: Lowering, _call: Call, args: Args) -> Expr:
    return lowering.interner.call(Primitive.SAME, args, Type.BOOLEAN)


def _text(lowering: Lowering, _call: Call, args: Args) -> Expr:
    """TEXT of a picklist is its value: the field is text already."""
    if is_text(*args):
        return args[0]
    return lowering.interner.call("TEXT", args, Type.TEXT)


def _ischanged(lowering: Lowering, call: Call, args: Args) -> Expr:
    interner = lowering.interner
    field = _stored(args[0])
    if isinstance(field, Field):
        return interner.call(Primitive.CHANGED, (field,), Type.BOOLEAN)
    if _opaque(args[0]):
        return lowering.free(call, args, Type.BOOLEAN)
    same = interner.call(Primitive.SAME, (args[0], as_prior(args[0], interner)), Type.BOOLEAN)
    return interner.call(Primitive.NOT, (same,), Type.BOOLEAN)


def _priorvalue(lowering: Lowering, call: Call, args: Args) -> Expr:
    if _opaque(args[0]):
        return lowering.free(call, args, args[0].type)
    return as_prior(args[0], lowering.interner)


def _stored(expr: Expr) -> Expr:
    """Return the field below the readings that blanks and percents put around a reference."""
    while (
        isinstance(expr, CoreCall)
        and expr.args
        and (expr.op, _number(expr.args[-1])) in (("BLANKVALUE", 0), ("/", 100))
    ):
        expr = expr.args[0]
    return expr


def _number(expr: Expr) -> Value:
    return expr.value if isinstance(expr, Const) else None


def _opaque(expr: Expr) -> bool:
    return any(isinstance(node, Free) and node.reads for node in nodes(expr))


def _first(lowering: Lowering, call: Call, args: Args) -> Expr:
    return lowering.interner.call(call.name.upper(), args, args[0].type)


def _external(type_: Type) -> _Lower:
    """A value that comes from the org's other data: free, and it reads nothing of the record."""

    def lower(lowering: Lowering, call: Call, _args: Args) -> Expr:
        return lowering.free(call, (), type_, FreeKind.CALL)

    return lower


_SPECIAL: Final[Mapping[str, _Lower]] = MappingProxyType(
    {
        "AND": _primitive(Primitive.AND),
        "OR": _primitive(Primitive.OR),
        "NOT": _not,
        "IF": _if,
        "IFS": _ifs,
        "CASE": _case,
        "BLANKVALUE": _join,
        "NULLVALUE": _nullvalue,
        "IFERROR": _join,
        "ISBLANK": _primitive(Primitive.BLANK),
        "ISNULL": _isnull,
        "ISPICKVAL": _ispickval,
        "INCLUDES": _primitive(Primitive.ONE_OF),
        "TEXT": _text,
        "ISCHANGED": _ischanged,
        "PRIORVALUE": _priorvalue,
        "ADDMONTHS": _first,
        "VLOOKUP": _external(Type.UNKNOWN),
        "CURRENCYRATE": _external(Type.NUMBER),
        "GETSESSIONID": _external(Type.TEXT),
    }
)
