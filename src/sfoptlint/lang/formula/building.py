"""Small pieces of the core form that several lowerings share."""

from decimal import Decimal

from sfoptlint.core.expr import AFTER, PRIOR, Call, Const, Expr, Field, Free, Global, Interner, Primitive, Type, nodes
from sfoptlint.core.expr import substitute as replace

_TWO_VALUED = frozenset(Primitive) - {Primitive.IF}
_NEVER_BLANK = frozenset({"ISNEW", "ISCLONE", "ISNUMBER", "REGEX", "IN"})


def two_valued(expr: Expr) -> bool:
    """Whether the expression is TRUE or FALSE and never blank: a checkbox, a permission, a total operator."""
    match expr:
        case Const(value=value):
            return isinstance(value, bool)
        case Call(op=Primitive.IF, args=(_, yes, no)):
            return _plain(yes) and _plain(no)
        case Call(op=op):
            return op in _TWO_VALUED or op in _NEVER_BLANK
        case _:
            return expr.type is Type.BOOLEAN


def _plain(expr: Expr) -> bool:
    # One level is enough for what people write, and keeps the question from walking a chain of IFs again and again.
    return two_valued(expr) if not (isinstance(expr, Call) and expr.op == Primitive.IF) else False


def truth(expr: Expr, interner: Interner) -> Expr:
    """Return the condition as the platform takes it: a blank Boolean is FALSE, the rule does not fire."""
    if two_valued(expr):
        return expr
    return interner.call(Primitive.TRUTH, (expr,), Type.BOOLEAN)


def as_boolean(expr: Expr, interner: Interner) -> Expr:
    """Return what stands where only a Boolean can: a field of unknown type is a checkbox there, and never blank."""
    if expr.type is Type.UNKNOWN and isinstance(expr, Field | Global):
        return interner.call(Primitive.TRUTH, (expr,), Type.BOOLEAN)
    return expr


def negate(expr: Expr, interner: Interner) -> Expr:
    """Return NOT as the formula language has it: the negation of a blank is blank."""
    expr = as_boolean(expr, interner)
    op = Primitive.NOT if two_valued(expr) else "NOT"
    return interner.call(op, (expr,), Type.BOOLEAN)


def percent(field: Expr, interner: Interner) -> Expr:
    """Return how a formula reads a percent field: the record holds 15 where the formula sees 0.15."""
    return interner.call("/", (field, interner.const(Decimal(100), Type.NUMBER)), Type.NUMBER)


def as_prior(expr: Expr, interner: Interner) -> Expr:
    """Return the expression read from the record as it was stored before the update."""
    fields = (node for node in nodes(expr) if isinstance(node, Field) and node.record == AFTER)
    return replace(expr, {field: interner.field(PRIOR, field.path, field.type) for field in fields}, interner)


def reads(exprs: tuple[Expr, ...]) -> tuple[Field, ...]:
    """Return the fields below the expressions, each once."""
    found: dict[Field, None] = {}
    for node in nodes(*exprs):
        match node:
            case Field():
                found[node] = None
            case Free(reads=below):
                found.update(dict.fromkeys(below))
    return tuple(found)


def retype(expr: Expr, type_: Type, interner: Interner) -> Expr:
    """Return a blank literal with the type that its neighbour gives it; everything else is as it was."""
    if isinstance(expr, Const) and expr.value is None:
        return interner.const(None, type_)
    return expr


def declared(expr: Expr, type_: Type, interner: Interner) -> Expr:
    """Return an expanded formula field with the type that its metadata declares, where the formula leaves it open."""
    match expr:
        case Const(value=None):
            return interner.const(None, type_)
        case Call(op=op, args=args, type=Type.UNKNOWN, ci=ci):
            return interner.call(op, args, type_, ci=ci)
        case _:
            return expr


def common(types: tuple[Type, ...]) -> Type:
    """Return the one type of several operands; UNKNOWN operands take the others' type, and disagreement is UNKNOWN."""
    known = {type_ for type_ in types if type_ is not Type.UNKNOWN}
    return known.pop() if len(known) == 1 else Type.UNKNOWN
