"""z3 by example: what it proves and finds alone, what it adds to the search, and that it never contradicts it."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from sfoptlint.core.errors import MissingExtraError
from sfoptlint.core.expr import AFTER, Expr, Interner, Primitive, Type, Value
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import Budget
from sfoptlint.decide.domain import ERROR, TRUE, UNTRUE
from sfoptlint.decide.search import Outcome
from sfoptlint.decide.z3.alone import Alone
from sfoptlint.decide.z3.regex import UntranslatedError, translated
from sfoptlint.decide.z3_solver import Z3Solver
from sfoptlint.evaluate.regex import regex_matches
from sfoptlint.evaluate.regex.reader import read_regex
from sfoptlint.evaluate.world import World
from tests.decide.asking import CONTACT, ask, lowered, scenario
from tests.decide.test_decide import CASES

FOUND, NONE, OPEN = Outcome.FOUND, Outcome.NONE, Outcome.OPEN


def alone(formula: str, *, fixed: Mapping[str, Value] | None = None) -> Alone:
    interner = Interner()
    return Alone(lowered(formula, interner), (), scenario(fixed=fixed), CONTACT, interner, Z3Solver())


def answers(formula: str) -> tuple[Outcome, Outcome]:
    """Return whether the formula can be TRUE, and whether it can be anything else."""
    asked = alone(formula)
    return asked.ask(TRUE)[0], asked.ask(UNTRUE)[0]


@pytest.mark.parametrize(
    ("formula", "holds", "spares"),
    [
        # The update
        ("ISNEW()", NONE, FOUND),
        ("ISCHANGED(HasOptedOutOfEmail)", FOUND, NONE),
        ("PRIORVALUE(Score__c) <> Score__c", NONE, FOUND),
        # Three values: a blank is neither TRUE nor FALSE, and AND makes it FALSE
        ("NOT(CONTAINS(Reason__c, 'x')) && ISBLANK(Reason__c)", NONE, FOUND),
        ("NOT(AND(CONTAINS(Reason__c, 'x'), VIP__c)) && ISBLANK(Reason__c)", FOUND, FOUND),
        ("NOT(Score__c > 1) && ISBLANK(Score__c)", NONE, FOUND),
        ("Score__c = Other_Score__c && ISBLANK(Score__c)", NONE, FOUND),
        ("Reason__c = Code__c && ISBLANK(Reason__c)", FOUND, FOUND),
        ("ISBLANK(Reason__c) || NOT(ISBLANK(Reason__c))", FOUND, NONE),
        ("ISBLANK(LastName)", NONE, FOUND),
        ("NOT(REGEX(Code__c, '[A-Z]+')) && ISBLANK(Code__c)", FOUND, FOUND),
        # Texts
        ("AND(BEGINS(Reason__c, 'foo'), BEGINS(Reason__c, 'bar'))", NONE, FOUND),
        ("AND(LEN(Code__c) > 3, LEN(Code__c) < 5, CONTAINS(Code__c, 'abc'))", FOUND, FOUND),
        ("LEN(Code__c) > 12", NONE, FOUND),
        ("LEFT(Code__c, 2) = 'abc'", NONE, FOUND),
        ("AND(LEFT(Code__c, 2) = 'ab', RIGHT(Code__c, 2) = 'bc', LEN(Code__c) = 3)", FOUND, FOUND),
        ("MID(Code__c, 2, 2) = 'xy' && NOT(CONTAINS(Code__c, 'y'))", NONE, FOUND),
        ("FIND('@', Email) = 1 && BEGINS(Email, 'a')", NONE, FOUND),
        ("UPPER(Code__c) = 'ab'", NONE, FOUND),
        ("UPPER(Code__c) = 'AB'", FOUND, FOUND),
        ("TRIM(Code__c) = ' a'", NONE, FOUND),
        ("Reason__c & 'x' = ''", NONE, FOUND),
        ("INCLUDES(Topics__c, 'News') && INCLUDES(Topics__c, 'Offers')", FOUND, FOUND),
        ("INCLUDES(Topics__c, 'News') && ISBLANK(Topics__c)", NONE, FOUND),
        ("ISPICKVAL(Status__c, 'Gone')", NONE, FOUND),
        ("Reason__c = 'back\\\\u{41}slash'", FOUND, FOUND),
        ("TEXT(Score__c) = '42'", FOUND, FOUND),
        ("TEXT(Score__c) = 'x'", NONE, FOUND),
        ("CONTAINS('AL:AK:AZ:AR:CA:CO:CT:DE:DC:FL:GA:HI:ID:IL:IN', Code__c) && Code__c = 'AK'", FOUND, FOUND),
        ("NOT(CONTAINS('AL:AK:AZ:AR:CA:CO:CT:DE:DC:FL:GA:HI:ID:IL:IN', Code__c)) && Code__c = 'AK'", NONE, FOUND),
        # Regular expressions
        ("REGEX(Code__c, '[0-9]{3}') && CONTAINS(Code__c, 'a')", NONE, FOUND),
        ("REGEX(Code__c, '^(?=.*[0-9])(?!.*[a-z]).{4,}$') && LEN(Code__c) = 4", FOUND, FOUND),
        ("REGEX(Code__c, '(?!0)[0-9]+') && BEGINS(Code__c, '0')", NONE, FOUND),
        # Numbers
        ("AND(Score__c + Other_Score__c > 10, Score__c < 3, Other_Score__c < 3)", NONE, FOUND),
        ("MOD(Score__c, 7) = 3", FOUND, FOUND),
        ("MOD(Score__c, 7) = 9", NONE, FOUND),
        ("Score__c * 2 = 7 && Score__c > 4", NONE, FOUND),
        # A field stores more decimals than it shows
        ("Score__c > 1 && Score__c < 2", FOUND, FOUND),
        ("ROUND(Rate__c, 0) = 3 && Rate__c < 2.4", NONE, FOUND),
        ("FLOOR(Rate__c) > Rate__c", FOUND, FOUND),
        ("MFLOOR(Rate__c) > Rate__c", NONE, FOUND),
        ("MAX(Score__c, Other_Score__c) < Score__c", NONE, FOUND),
        ("Score__c / 3 * 3 <> Score__c", FOUND, FOUND),
        ("CASE(Status__c, 'Active', 1, 'Dormant', 2, 0) = 3", NONE, FOUND),
        # Dates
        ("AND(MONTH(Start__c) = 2, DAY(Start__c) = 29, YEAR(Start__c) > 2020)", FOUND, FOUND),
        ("AND(MONTH(Start__c) = 2, DAY(Start__c) = 29, YEAR(Start__c) = 2023)", NONE, FOUND),
        ("WEEKDAY(Start__c) = 1 && Start__c = DATE(2024, 2, 29)", NONE, FOUND),
        ("WEEKDAY(Start__c) = 5 && Start__c = DATE(2024, 2, 29)", FOUND, FOUND),
        ("Start__c > TODAY() && End__c < TODAY() && Start__c < End__c", NONE, FOUND),
        ("DATEVALUE(NOW()) <> TODAY()", NONE, FOUND),
        ("DATEVALUE(Seen__c) > TODAY() && Seen__c < NOW()", NONE, FOUND),
        ("NOW() - Seen__c > 0.5 && Seen__c > NOW()", NONE, FOUND),
        # Types that nobody knows
        ("LEN(Unknown__c) > 0 && Unknown__c = 'x'", FOUND, FOUND),
        ("Unknown__c = 'x' && Unknown__c = 'y'", NONE, FOUND),
    ],
)
def test_z3_alone(formula: str, holds: Outcome, spares: Outcome) -> None:
    assert answers(formula) == (holds, spares)


def test_an_error_is_neither_true_nor_false() -> None:
    asked = alone("1 / Score__c > 2")
    assert asked.ask(ERROR)[0] is FOUND
    assert alone("IF(Score__c = 0, FALSE, 1 / Score__c > 2)").ask(ERROR)[0] is NONE
    assert alone("VALUE(Code__c) > 2").ask(ERROR)[0] is FOUND
    assert alone("REGEX(Code__c, '[')").ask(TRUE)[0] is NONE


def test_what_z3_finds_is_a_world_that_the_evaluator_confirms() -> None:
    outcome, world = alone("AND(REGEX(Code__c, 'A[0-9]{3}'), Rate__c > 2, Seen__c < NOW(), Start__c = TODAY())").ask(
        TRUE
    )
    assert outcome is FOUND
    assert isinstance(world, World)
    code, rate = world.after["Code__c",], world.after["Rate__c",]
    assert isinstance(code, str)
    assert code[0] == "A"
    assert code[1:].isdigit()
    assert isinstance(rate, Decimal)
    assert rate > 2


def test_the_evaluator_teaches_z3_what_it_cannot_encode() -> None:
    assert answers("SUBSTITUTE('a-b-c', '-', Code__c) = 'axbxc' && Code__c = 'x'")[0] is FOUND
    assert answers("SUBSTITUTE('a-b-c', '-', Code__c) = 'abc' && Code__c = 'x'")[0] is NONE


def test_too_few_steps_are_no_answer() -> None:
    interner = Interner()
    guard = lowered("REGEX(Code__c, '[a-z]{3,9}') && NOT(CONTAINS(Code__c, LastName)) && LEN(Code__c) > 5", interner)
    asked = Alone(guard, (), scenario(), CONTACT, interner, Z3Solver(steps=1))
    assert asked.ask(TRUE) == (OPEN, None)


def test_case_is_folded_where_a_primitive_asks_for_it() -> None:
    def asked(interner: Interner, *literals: str) -> Expr:
        code = interner.field(AFTER, ("Code__c",), Type.TEXT)
        texts = [interner.const(literal, Type.TEXT) for literal in literals]
        same = [interner.call(Primitive.SAME, (code, text), Type.BOOLEAN, ci=True) for text in texts]
        return interner.call(Primitive.AND, tuple(same), Type.BOOLEAN)

    for literals, outcome in ((("abc", "ABC"), FOUND), (("abc", "abd"), NONE)):
        interner = Interner()
        guard = asked(interner, *literals)
        assert Alone(guard, (), scenario(), CONTACT, interner, Z3Solver()).ask(TRUE)[0] is outcome


def test_a_users_time_zone_moves_the_day_by_one_at_most() -> None:
    from dataclasses import replace

    for formula, outcome in (
        ("DATEVALUE(Seen__c) < TODAY() && Seen__c > NOW() + 2", NONE),
        ("DATEVALUE(Seen__c) = DATE(2024, 2, 28) && Seen__c = DATETIMEVALUE('2024-02-29 02:00:00')", FOUND),
    ):
        interner = Interner()
        there = replace(scenario(), zone=ZoneInfo("America/Los_Angeles"))
        asked = Alone(lowered(formula, interner), (), there, CONTACT, interner, Z3Solver())
        assert asked.ask(TRUE)[0] is outcome
    assert datetime(2024, 2, 29, 2, tzinfo=UTC).astimezone(ZoneInfo("America/Los_Angeles")).day == 28


PATTERNS = [
    "a|bc?",
    "[^a-c]{2}",
    "(?i)ab",
    "\\d{1,3}(\\.\\d+)?",
    "^a$",
    "(?=.*b)[ab]+",
    "(?!b)[ab]+",
    "(^a|b)b*$",
    "[\\w&&[^_]]+",
    "\\p{L}+",
    "(ab)+?",
    "a$\\n?",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_translated_expression_matches_the_same_texts(pattern: str) -> None:
    z3 = import_module("z3")
    language = translated(z3, read_regex(pattern))
    for text in ["", "a", "b", "bc", "ab", "AB", "abab", "bb", "_", "12", "12.5", "é", "\n", "a\n", "cc", "dd"]:
        found = z3.simplify(z3.InRe(z3.StringVal(text), language))
        solver = z3.Solver()
        solver.add(found)
        assert (solver.check() == z3.sat) is regex_matches(text, pattern), text


@pytest.mark.parametrize(
    "pattern", ["(a)\\1", "a++b", "(?>a|ab)c", "\\bab", "(?<=a)b", "a^b", "[\\x{30000}-\\x{40000}]"]
)
def test_what_has_no_language_is_not_translated(pattern: str) -> None:
    z3 = import_module("z3")
    with pytest.raises(UntranslatedError):
        translated(z3, read_regex(pattern))


VERDICTS = {(FOUND, NONE): Verdict.ALWAYS, (FOUND, FOUND): Verdict.SOMETIMES, (NONE, FOUND): Verdict.NEVER}


def test_z3_alone_agrees_with_every_verdict() -> None:
    answered = 0
    for formula, *_ in CASES:
        own, found = ask(formula).verdict, answers(formula)
        if own is not Verdict.UNKNOWN and OPEN not in found:
            answered += 1
            assert VERDICTS[found] is own, formula
    assert answered > 0.9 * len(CASES)


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("AND(BEGINS(Reason__c, 'foo'), BEGINS(Reason__c, 'bar'))", Verdict.NEVER),
        ("AND(MONTH(Start__c) = 2, DAY(Start__c) = 30)", Verdict.NEVER),
        ("UPPER(Code__c) = 'ab'", Verdict.NEVER),
        ("TEXT(Score__c) = '42'", Verdict.SOMETIMES),
    ],
)
def test_z3_answers_what_the_search_leaves_open(formula: str, verdict: Verdict) -> None:
    assert ask(formula).verdict is Verdict.UNKNOWN
    assert ask(formula, budget=Budget(solver=Z3Solver())).verdict is verdict


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(MissingExtraError, match="solver"):
        Z3Solver()
