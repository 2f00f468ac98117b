"""Parts of a text: where they begin and end, what fails where there is no such part (Apex Reference Guide, "String Class")."""

from decimal import Decimal

from sfoptlint.automation.apex.comparing import OTHERS
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import scalars
from sfoptlint.automation.apex.spelled import beginning
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Item, ListCell, Scalar, Value
from sfoptlint.core.expr import AFTER, PRIOR, Call, Const, Expr, Field, FreeKind, Primitive, Type
from sfoptlint.core.schema import FieldType
from sfoptlint.lang.apex.nodes import MethodInvocation

_PATTERN = frozenset(".^$*+?()[]{}|\\")
"""What means something else than itself in a regular expression, which the separator of a split is."""


def has(run: Run, own: Expr, part: Expr) -> Expr:
    """Return whether a part is in a text; an address has its sign (Salesforce Object Reference, "email" field type)."""
    if isinstance(part, Const) and part.value == "@" and _is_address(run, own):
        return run.terms.no(run.terms.is_null(own))
    return run.terms.call(Primitive.HAS, (own, part), Type.BOOLEAN)


def _is_address(run: Run, own: Expr) -> bool:
    if not isinstance(own, Field) or own.record not in (AFTER, PRIOR, *OTHERS) or len(own.path) != 1:
        return False
    known = run.terms.objects.get(run.event.object).field(own.path[0])
    return known is not None and known.type is FieldType.EMAIL


def part_of(run: Run, own: Expr, name: str, part: Const) -> Expr:
    """Return what stands before or after a part of a text, or where that part is."""
    terms = run.terms
    at = terms.call("FIND", (part, own), Type.NUMBER)
    if name == "indexof":
        return terms.call("-", (at, terms.number(1)), Type.NUMBER)
    there = has(run, own, part)
    length = terms.call("LEN", (own,), Type.NUMBER)
    if name == "substringbefore":
        before = terms.call("LEFT", (own, terms.call("-", (at, terms.number(1)), Type.NUMBER)), Type.TEXT)
        return terms.choose(there, before, own)
    start = terms.call("+", (at, terms.number(len(str(part.value)))), Type.NUMBER)
    return terms.choose(there, terms.call("MID", (own, start, length), Type.TEXT), terms.const(""))


def long_enough(run: Run, node: MethodInvocation, own: Expr, bounds: list[Expr], state: State) -> None:
    """A part that is not there throws (Apex Reference Guide, "String Class", substring)."""
    terms = run.terms
    order = [terms.number(0), *bounds, terms.call("LEN", (own,), Type.NUMBER)]
    short = terms.any(*(_before(run, own, later, one) for later, one in zip(order[1:], order, strict=False)))
    run.throw(state, short, "StringException", f"{run.words(node)}: the text is shorter", run.place(node))


def _before(run: Run, own: Expr, one: Expr, other: Expr) -> Expr:
    """Return `one < other`, of which one bounds a part of a text; where a part of it begins and ends lies within it."""
    found, beyond = _from_part(one, own) or _from_part(other, own) or (None, 0)
    if found is not None and isinstance(found.args[0], Const):
        if isinstance(other, Const) and other.value == 0 and beyond >= 0:
            return run.terms.false if beyond else run.terms.no(has(run, own, found.args[0]))
        if one is run.terms.call("LEN", (own,), Type.NUMBER) and beyond <= len(str(found.args[0].value)):
            return run.terms.false
    return run.terms.call(Primitive.LESS, (one, other), Type.BOOLEAN)


def _from_part(bound: Expr, own: Expr) -> tuple[Call, int] | None:
    """Return the FIND in `indexOf(part) + n`, and n."""
    if not isinstance(bound, Call):
        return None
    if bound.op == "+" and isinstance(bound.args[1], Const) and isinstance(bound.args[1].value, Decimal):
        before = _from_part(bound.args[0], own)
        return (before[0], before[1] + int(bound.args[1].value)) if before else None
    find = bound.args[0]
    if bound.op == "-" and isinstance(find, Call) and find.op == "FIND" and find.args[1] is own:
        return find, 0
    return None


def split(run: Run, node: MethodInvocation, value: Scalar, arguments: list[Value], state: State) -> Value:
    """Return the parts of a text: the first is always there, the second where the separator is in the text and not at its end."""
    terms, own = run.terms, value.expr
    plain = _plain_separator(arguments)
    if isinstance(own, Const) and isinstance(own.value, str) and plain and len(arguments) == 1:
        known = own.value.split(plain)
        while len(known) > 1 and not known[-1]:
            known.pop()
        return state.new(ListCell(tuple(Item(terms.true, Scalar(terms.const(part))) for part in known)))
    if plain and plain in beginning(own):
        first = Scalar(terms.const(beginning(own).partition(plain)[0]))
        return state.new(ListCell((Item(terms.true, first),), more=True))
    if plain and len(arguments) == 1 and own.type is Type.TEXT:
        return state.new(_two_parts(run, own, terms.const(plain)))
    return state.new(_free_parts(run, node, value, state))


def _plain_separator(arguments: list[Value]) -> str:
    """Return a separator that means itself; empty where it is a pattern or not known."""
    separator = arguments[0].expr if arguments and isinstance(arguments[0], Scalar) else None
    text = separator.value if isinstance(separator, Const) and isinstance(separator.value, str) else ""
    if len(text) == 2 and text[0] == "\\" and not text[1].isalnum():
        return text[1]
    return "" if _PATTERN & set(text) else text


def _two_parts(run: Run, own: Expr, separator: Const) -> ListCell:
    terms = run.terms
    first, rest = (part_of(run, own, name, separator) for name in ("substringbefore", "substringafter"))
    one = Item(terms.true, Scalar(first))
    if separator.value == "@" and _is_address(run, own):
        return ListCell((one, Item(terms.true, Scalar(rest))))
    ends = terms.call("LEN", (own,), Type.NUMBER)
    inside = terms.call(Primitive.LESS, (terms.call("FIND", (separator, own), Type.NUMBER), ends), Type.BOOLEAN)
    there = terms.all(has(run, own, separator), inside)
    return ListCell((one, Item(there, Scalar(part_of(run, rest, "substringbefore", separator)))), more=True)


def _free_parts(run: Run, node: MethodInvocation, value: Scalar, state: State) -> ListCell:
    terms, at = run.terms, run.place(node)
    inputs = list(scalars(value, state))
    kind = FreeKind.OPAQUE if terms.reads(*inputs) else FreeKind.CALL
    spot, words = f"{at.path}:{at.line}:{at.column}", run.words(node)
    parts = [terms.free(f"{spot}#{n}", Type.TEXT, kind, at, f"{words}[{n}]", inputs) for n in range(2)]
    second = terms.free(f"{spot}#more", Type.BOOLEAN, kind, at, words, inputs)
    return ListCell((Item(terms.true, Scalar(parts[0])), Item(second, Scalar(parts[1]))), more=True)
