"""One fact of a guard in words.

"Not" keeps its two meanings: `is not less than 5` also holds for a blank, `is at least 5` does not; `does not contain "x"`
also holds for a blank, `has a value that does not contain "x"` does not. A fact about something that is never blank has
only one of them.
"""

from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import PRIOR, Call, Const, Expr, Field, Free, Global, Primitive, Type
from sfoptlint.explain.formula_text import formula_text, literal
from sfoptlint.explain.sense import Fact, Sense
from sfoptlint.explain.terms import field_words, global_words, term_words
from sfoptlint.explain.values import (
    FLIPPED,
    NEGATED,
    ORDERS,
    length_is_of_blank,
    never_blank,
    number_of,
    plain_number,
    stored_percent,
)

_DATES: Final = (Type.DATE, Type.DATETIME, Type.TIME)
_OF_NUMBERS: Final = MappingProxyType({"<": "less than", "<=": "at most", ">": "greater than", ">=": "at least"})
_OF_DATES: Final = MappingProxyType({"<": "before", "<=": "on or before", ">": "after", ">=": "on or after"})
_TEXT_TESTS: Final = MappingProxyType(
    {
        "CONTAINS": ("contains", "contain"),
        Primitive.HAS: ("contains", "contain"),
        "BEGINS": ("begins with", "begin with"),
        Primitive.STARTS: ("begins with", "begin with"),
        Primitive.ENDS: ("ends with", "end with"),
        Primitive.ONE_OF: ("includes", "include"),
    }
)


def fact_words(fact: Fact) -> str:
    """Return the fact as a clause."""
    match fact.node:
        case Global(name=name):
            return _global(name, fact.positive)
        case Field() as field:
            was, name = ("was", field_words(field)) if field.record == PRIOR else ("is", field_words(field))
            return f"{name} {was} {'' if fact.positive else 'not '}ticked"
        case Free() | Const():
            return _formula(fact)
        case Call(op=op, args=args):
            return _call(fact, op, args)


def equality(fact: Fact) -> tuple[Expr, str, Expr] | None:
    """Return the two sides of an equality that is asked for, or denied with blanks included, its literal last.

    The middle is `is`, `was`, `is not` or `was not`.
    """
    node = fact.node
    if not (isinstance(node, Call) and node.op in (Primitive.SAME, "=", "<>") and len(node.args) == 2):
        return None
    equal, blanks = (fact.positive, not fact.positive) if node.op == Primitive.SAME else _strict(node.op, fact.sense)
    left, right = _turned(*node.args)
    if blanks is equal and not _settled(left, right):
        return None
    return left, _was(left, "is" if equal else "is not"), right


def subject(node: Expr) -> str:
    """Return the name of what a sentence is about; `was` already says that a value is the previous one."""
    return field_words(node) if isinstance(node, Field) else term_words(node)


def _strict(op: str, sense: Sense) -> tuple[bool, bool]:
    order, blanks = _order(op, sense)
    return order == "=", blanks


def _was(node: Expr, verb: str) -> str:
    """Return the verb in the past where the subject is a previous value."""
    return verb.replace("is", "was") if isinstance(node, Field) and node.record == PRIOR else verb


def _order(op: str, sense: Sense) -> tuple[str, bool]:
    """Return the order that the sense asks for, and whether a blank operand meets it too."""
    order = ORDERS[op]
    positive = sense in (Sense.TRUE, Sense.NOT_FALSE)
    return order if positive else NEGATED[order], sense in (Sense.NOT_TRUE, Sense.NOT_FALSE)


def _turned(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    return (right, left) if isinstance(left, Const) and not isinstance(right, Const) else (left, right)


def _settled(left: Expr, right: Expr) -> bool:
    return never_blank(left) and never_blank(right)


def _call(fact: Fact, op: str, args: tuple[Expr, ...]) -> str:
    positive = fact.positive
    if op in (Primitive.SAME, *ORDERS) and len(args) == 2:
        return _comparison(fact, op, *args)
    if op in _TEXT_TESTS and len(args) == 2:
        return _text_test(fact, *_TEXT_TESTS[op], *args)
    verb = "is" if positive else "is not"
    match op, args:
        case Primitive.BLANK, (arg,):
            return f"{subject(arg)} {_was(arg, verb)} blank"
        case Primitive.CHANGED, (arg,):
            return f"{term_words(arg)} {'changes' if positive else 'does not change'}"
        case "ISNEW" | "ISCLONE", ():
            return f"the record {verb} {'new' if op == 'ISNEW' else 'a clone'}"
        case "ISNUMBER", (arg,):
            return f"{term_words(arg)} {verb} a number"
        case "REGEX", (arg, pattern):
            return f"{term_words(arg)} {'matches' if positive else 'does not match'} the pattern {term_words(pattern)}"
        case _:
            return _formula(fact)


def _comparison(fact: Fact, op: str, left: Expr, right: Expr) -> str:
    changed = _change(left, right)
    if changed and op in (Primitive.SAME, "=", "<>"):
        equal = fact.positive is (op != "<>")
        return f"{changed} {'does not change' if equal else 'changes'}"
    told = equality(fact)
    if told is not None:
        first, verb, second = told
        name, value = _compared(first, second)
        return _length("<>" if verb.endswith("not") else "=", first, second) or f"{name} {verb} {value}"
    order, blanks = _order(op, fact.sense)
    turned = _turned(left, right)
    if turned[0] is not left:
        order = FLIPPED[order]
    return _length(order, *turned) or _ordered(order, blanks and not _settled(*turned), *turned)


def _length(order: str, left: Expr, right: Expr) -> str | None:
    """Return a comparison of LEN that only asks for a blank as that question."""
    limit = number_of(right)
    if limit is None or not (isinstance(left, Call) and left.op == "LEN" and len(left.args) == 1):
        return None
    blank = length_is_of_blank(order, limit)
    return None if blank is None else f"{subject(left.args[0])} is {'' if blank else 'not '}blank"


def _ordered(order: str, blanks: bool, left: Expr, right: Expr) -> str:
    name, value = _compared(left, right)
    verb = _was(left, "is")
    if order == "=":
        return f"{name} {verb} blank or {value}"
    if order == "<>":
        return f"{name} {'had' if verb == 'was' else 'has'} a value other than {value}"
    words = _OF_DATES if left.type in _DATES or right.type in _DATES else _OF_NUMBERS
    return f"{name} {verb} not {words[NEGATED[order]]} {value}" if blanks else f"{name} {verb} {words[order]} {value}"


def _compared(left: Expr, right: Expr) -> tuple[str, str]:
    """Return the two sides in words; a percent field is compared as it is shown, with 15 for 0.15."""
    field, number = stored_percent(left), number_of(right)
    if field is not None and number is not None:
        return subject(field), plain_number(number * 100)
    return subject(left), plain_number(number) if number is not None else term_words(right)


def _change(left: Expr, right: Expr) -> str | None:
    if isinstance(left, Field) and isinstance(right, Field) and left.path == right.path and left.record != right.record:
        return field_words(left)
    return None


def _text_test(fact: Fact, positive: str, negative: str, text: Expr, part: Expr) -> str:
    name, sought = subject(text), term_words(part)
    had = isinstance(text, Field) and text.record == PRIOR
    sense = fact.sense
    if never_blank(text) and sense in (Sense.FALSE, Sense.NOT_FALSE):
        sense = Sense.NOT_TRUE if sense is Sense.FALSE else Sense.TRUE
    prefix = "the previous " if had else ""
    match sense:
        case Sense.TRUE:
            return f"{prefix}{name} {positive} {sought}"
        case Sense.FALSE:
            return f"{prefix}{name} has a value that does not {negative} {sought}"
        case Sense.NOT_TRUE:
            return f"{prefix}{name} does not {negative} {sought}"
        case Sense.NOT_FALSE:
            return f"{prefix}{name} is blank or {positive} {sought}"


def _global(name: str, positive: bool) -> str:
    head, _, rest = name.partition(".")
    if head.casefold() == "$permission":
        return f"the user {'has' if positive else 'does not have'} the custom permission {rest}"
    return f"{global_words(name)} is {'' if positive else 'not '}ticked"


def _formula(fact: Fact) -> str:
    if isinstance(fact.node, Const):
        return f"{literal(fact.node.value)} is {'' if fact.positive else 'not '}TRUE"
    text = formula_text(fact.node)
    return text if fact.positive else f"NOT({text})"
