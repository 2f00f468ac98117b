"""Text functions: z3's strings where they mean the same, and what is known of lengths and blanks where they do not."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from sfoptlint.core.expr import Primitive, Type
from sfoptlint.decide.program import FOLDED
from sfoptlint.decide.z3.logic import Rule
from sfoptlint.decide.z3.regex import UntranslatedError, translated
from sfoptlint.decide.z3.terms import Term, Terms
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.regex.reader import read_regex

_NUMBER: Final = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_EXPONENT: Final = r"(?:[eE][+-]?[0-9]{1,9})?"
_WRITTEN: Final = r"-?(?:[0-9]+|[0-9]*\.[0-9]+)"
_LONG: Final = 40
_WORD: Final = re.compile(r"\w+")
_PLAIN_DIGITS: Final = 300
"""A number of so many characters without an exponent is within every bound."""
_Found = Callable[[Any, Any, Any], Any]


def _contains(z3: Any, text: Any, part: Any) -> Any:
    return z3.Contains(text, part)


def _begins(z3: Any, text: Any, part: Any) -> Any:
    return z3.PrefixOf(part, text)


def _ends(z3: Any, text: Any, part: Any) -> Any:
    return z3.SuffixOf(part, text)


def _one_of(z3: Any, text: Any, part: Any) -> Any:
    mark = z3.StringVal(";")
    listed = z3.Contains(z3.Concat(mark, text, mark), z3.Concat(mark, part, mark))
    return z3.And(listed, z3.Not(z3.Contains(part, mark)))


def _primitive(found: _Found) -> Rule:
    """A search that takes a blank for the empty text."""

    def rule(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
        if Type.UNKNOWN in map(terms.kind, args):
            return None
        return terms.total(args, _found(terms, slot, args, found))

    return rule


def _search(found: _Found) -> Rule:
    """CONTAINS and BEGINS: TRUE for a blank part, else blank for a blank text."""

    def rule(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
        z3, failed, any_part = terms.z3, terms.failed(args), terms.empty(args[1])
        went, blank = z3.Not(failed), terms[args[0]].blank
        true = z3.And(went, z3.Or(any_part, z3.And(z3.Not(blank), _found(terms, slot, args, found))))
        return Term(true, z3.And(went, z3.Not(any_part), blank), failed)

    return rule


def _found(terms: Terms, slot: int, args: tuple[int, ...], found: _Found) -> Any:
    """Return whether the search finds the part; a long literal is looked through by the evaluator, a part at a time."""
    literal = terms.program.constants.get(args[0])
    if found is not _contains or not isinstance(literal, str) or len(literal) <= _LONG:
        return found(terms.z3, *map(terms.text, args))
    z3, part, is_in = terms.z3, terms.text(args[1]), terms.some(terms.z3.BoolSort())
    terms.loose.append(slot)
    words = [terms.literal(word) for word in dict.fromkeys(_WORD.findall(literal))]
    terms.fact(z3.Implies(is_in, z3.Length(part) <= len(literal)), *[z3.Implies(part == w, is_in) for w in words])
    terms.wishes.append(z3.Implies(is_in, z3.Or(terms.empty(args[1]), *[part == word for word in words])))
    return is_in


def _length(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    return terms.total(args, terms.z3.ToReal(terms.z3.Length(terms.text(args[0]))))


def _joined(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    return terms.total(args, terms.z3.Concat(*map(terms.text, args)))


def whole(terms: Terms, slot: int) -> Any:
    """Return a number cut towards zero, as z3's integer."""
    z3, number = terms.z3, terms.as_kind(slot, Type.NUMBER)
    return z3.If(number >= 0, z3.ToInt(number), -z3.ToInt(-number))


def _cut(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3, op, text = terms.z3, terms.program.ops[slot], terms.as_kind(args[0], Type.TEXT)
    count, length = whole(terms, args[-1]), z3.Length(text)
    count = z3.If(count < 0, 0, z3.If(count > length, length, count))
    start = z3.IntVal(0)
    if op == "RIGHT":
        start = length - count
    elif op == "MID":
        first = whole(terms, args[1])
        start = z3.If(first < 1, 0, first - 1)
        count = z3.If(start >= length, 0, z3.If(start + count > length, length - start, count))
    return terms.strict(args, z3.SubString(text, start, count))


def _find(terms: Terms, _: int, args: tuple[int, ...]) -> Term | None:
    z3 = terms.z3
    if len(args) > 2:
        return None
    part, text = (terms.as_kind(arg, Type.TEXT) for arg in args)
    blank = z3.Or(terms[args[0]].blank, terms[args[1]].blank)
    return terms.total(args, z3.If(blank, 0, z3.ToReal(z3.IndexOf(text, part, z3.IntVal(0)) + 1)))


def _written(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    z3, kind = terms.z3, terms.kind(args[0])
    if kind is Type.TEXT:
        return terms.strict(args, terms[args[0]].value)
    term = _kept(terms, slot, args, longest={Type.DATE: 10, Type.DATETIME: 20, Type.TIME: 12}.get(kind))
    if term is None:
        return None
    if kind is Type.UNKNOWN:
        text = terms.as_kind(args[0], Type.TEXT)
        terms.fact(
            z3.Implies(z3.And(z3.Not(terms.empty(args[0])), terms.is_kind(args[0], Type.TEXT)), term.value == text)
        )
    if kind is Type.NUMBER:
        terms.fact(z3.Or(terms.empty(args[0]), _digits(terms, args[0], term.value)))
    return term


def _digits(terms: Terms, number: int, text: Any) -> Any:
    """Return what is known of a number as TEXT writes it."""
    z3, value = terms.z3, terms[number].value
    whole_ = z3.IsInt(value)
    shape = z3.InRe(text, translated(z3, read_regex(_WRITTEN)))
    plain = z3.Implies(z3.And(whole_, value >= 0), text == z3.IntToStr(z3.ToInt(value)))
    minus = z3.Concat(z3.StringVal("-"), z3.IntToStr(z3.ToInt(-value)))
    below = z3.Implies(z3.And(whole_, value < 0), text == minus)
    return z3.And(shape, plain, below, z3.Contains(text, z3.StringVal(".")) == z3.Not(whole_))


def _cased(*, upper: bool) -> Rule:
    """UPPER, LOWER and the folding of case: of ASCII, exactly the letters change."""

    def rule(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
        z3, term = terms.z3, _kept(terms, slot, args)
        if term is None:
            return None
        text, small, ascii_ = terms.text(args[0]), "a-z" if upper else "A-Z", "\\x00-\\x7F"
        kept, plain, changed = (
            z3.Star(translated(z3, read_regex(pattern)))
            for pattern in (f"[{ascii_}&&[^{small}]]", f"[{ascii_}]", f"[^{small}]")
        )
        terms.fact(
            z3.InRe(term.value, changed),
            z3.Implies(z3.InRe(text, kept), term.value == text),
            z3.Implies(
                z3.InRe(text, plain), z3.And(z3.InRe(term.value, kept), z3.Length(term.value) == z3.Length(text))
            ),
        )
        terms.wishes.append(term.value == text)
        return term

    return rule


def _kept(terms: Terms, slot: int, args: tuple[int, ...], longest: int | None = None) -> Term | None:
    """A text that is empty where its operand is, and nothing else is known of it."""
    z3 = terms.z3
    if len(args) > 1 or terms.kind(slot) is not Type.TEXT:
        return None
    strict = terms.strict(args, terms.some(z3.StringSort()))
    terms.loose.append(slot)
    filled = z3.Not(terms.empty(args[0]))
    terms.fact((strict.value != z3.StringVal("")) == filled)
    if longest is not None:
        terms.fact(z3.Implies(filled, z3.Length(strict.value) == longest))
    return strict


def _trimmed(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3, value = terms.z3, terms.some(terms.z3.StringSort())
    terms.loose.append(slot)
    text = terms.as_kind(args[0], Type.TEXT)
    space = z3.Star(z3.Range(z3.StringVal("\\u{0}"), z3.StringVal(" ")))
    before, after = terms.some(z3.StringSort()), terms.some(z3.StringSort())
    terms.fact(text == z3.Concat(before, value, after), z3.InRe(before, space), z3.InRe(after, space))
    padded = z3.Concat(z3.Plus(z3.Range(z3.StringVal("\\u{0}"), z3.StringVal(" "))), z3.Full(space.sort()))
    ended = z3.Concat(z3.Full(space.sort()), z3.Plus(z3.Range(z3.StringVal("\\u{0}"), z3.StringVal(" "))))
    terms.fact(z3.Not(z3.InRe(value, padded)), z3.Not(z3.InRe(value, ended)))
    return terms.strict(args, value)


def _regex(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    pattern = terms.program.constants.get(args[1])
    if args[1] not in terms.program.constants or not (pattern is None or isinstance(pattern, str)):
        return None
    try:
        tree = read_regex(pattern or "")
    except FormulaError:
        return Term(terms.false, terms.false, terms.z3.BoolVal(True))
    try:
        language = translated(terms.z3, tree)
    except UntranslatedError:
        value = terms.some(terms.z3.BoolSort())
        terms.loose.append(slot)
        return terms.total(args[:1], value)
    return terms.total(args[:1], terms.z3.InRe(terms.text(args[0]), language))


def _is_number(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3, text = terms.z3, terms.text(args[0])
    found = terms.some(z3.BoolSort())
    terms.loose.append(slot)
    any_, plain = (translated(z3, read_regex(pattern)) for pattern in (_NUMBER + _EXPONENT, _NUMBER))
    sure = z3.And(z3.InRe(text, plain), z3.Length(text) <= _PLAIN_DIGITS)
    terms.fact(z3.Implies(found, z3.InRe(text, any_)), z3.Implies(sure, found))
    return terms.total(args, z3.And(found, z3.Not(terms[args[0]].blank)))


def _value(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3, text, number = terms.z3, terms.as_kind(args[0], Type.TEXT), terms.some(terms.z3.RealSort())
    terms.loose.append(slot)
    any_, plain, digits = (
        translated(z3, read_regex(pattern))
        for pattern in (f"[\\s\\S]*{_NUMBER}{_EXPONENT}[\\s\\S]*", _NUMBER, "[0-9]{1,18}")
    )
    wrong = terms.some(z3.BoolSort())
    terms.fact(
        z3.Implies(z3.Not(z3.InRe(text, any_)), wrong),
        z3.Implies(z3.And(z3.InRe(text, plain), z3.Length(text) <= _PLAIN_DIGITS), z3.Not(wrong)),
        z3.Implies(z3.InRe(text, digits), number == z3.ToReal(z3.StrToInt(text))),
    )
    return terms.strict(args, number, wrong)


def _count(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3, found = terms.z3, terms.some(terms.z3.IntSort())
    terms.loose.append(slot)
    terms.fact((found == 0) == terms.empty(args[0]), found >= 0, found <= z3.Length(terms.text(args[0])) + 1)
    return terms.total(args, z3.ToReal(found))


TEXT_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        Primitive.HAS: _primitive(_contains),
        Primitive.STARTS: _primitive(_begins),
        Primitive.ENDS: _primitive(_ends),
        Primitive.ONE_OF: _primitive(_one_of),
        "CONTAINS": _search(_contains),
        "BEGINS": _search(_begins),
        "LEN": _length,
        "&": _joined,
        "FIND": _find,
        "TEXT": _written,
        "TRIM": _trimmed,
        "REGEX": _regex,
        "ISNUMBER": _is_number,
        "VALUE": _value,
        "PICKLISTCOUNT": _count,
        **dict.fromkeys(("LEFT", "RIGHT", "MID"), _cut),
        **dict.fromkeys(("INITCAP", "REVERSE", "CASESAFEID"), _kept),
        **dict.fromkeys((FOLDED, "LOWER"), _cased(upper=False)),
        "UPPER": _cased(upper=True),
    }
)
