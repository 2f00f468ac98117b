"""Formulas with their verdict and reach, twins a token apart."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest

from sfoptlint.core.expr import AFTER, Interner, Type
from sfoptlint.core.verdict import Reach, Verdict
from sfoptlint.decide import Budget, Scenario, decide
from tests.decide.asking import CONTACT, ask, lowered, scenario

CHECKED = " + ".join(f"VALUE(MID(Reason__c, {at}, 1)) * {11 - at}" for at in range(1, 10))

# Verdict and reach in one letter each: opt-out first, then opt-in.
CASES = [
    # the box itself
    ("HasOptedOutOfEmail", "At", "N"),
    ("NOT(HasOptedOutOfEmail)", "N", "At"),
    ("ISCHANGED(HasOptedOutOfEmail)", "At", "At"),
    ("PRIORVALUE(HasOptedOutOfEmail)", "N", "Ai"),
    ("HasOptedOutOfEmail <> PRIORVALUE(HasOptedOutOfEmail)", "At", "At"),
    ("HasOptedOutOfEmail = PRIORVALUE(HasOptedOutOfEmail)", "N", "N"),
    ("AND(HasOptedOutOfEmail, ISBLANK(Reason__c))", "St", "N"),
    ("OR(HasOptedOutOfEmail, ISBLANK(Reason__c))", "At", "Si"),
    ("AND(HasOptedOutOfEmail, NOT(PRIORVALUE(HasOptedOutOfEmail)), ISBLANK(Reason__c))", "St", "N"),
    ("AND(HasOptedOutOfEmail, NOT(PRIORVALUE(HasOptedOutOfEmail)), ISBLANK(LastName))", "N", "N"),
    ("AND(OR(HasOptedOutOfEmail, NOT(HasOptedOutOfEmail)), ISBLANK(Reason__c))", "Si", "Si"),
    ("IF(HasOptedOutOfEmail, VIP__c, NOT(VIP__c))", "St", "St"),
    ("IF(HasOptedOutOfEmail, ISBLANK(Email), ISBLANK(Email))", "Si", "Si"),
    ("IF(HasOptedOutOfEmail, ISBLANK(Email), ISBLANK(Phone))", "St", "St"),
    # what else changes, and what does not
    ("AND(ISCHANGED(Reason__c), ISBLANK(Email))", "N", "N"),
    ("AND(NOT(ISCHANGED(Reason__c)), ISBLANK(Email))", "Si", "Si"),
    ("AND(ISNEW(), ISBLANK(Email))", "N", "N"),
    ("OR(ISNEW(), ISBLANK(Email))", "Si", "Si"),
    ("Reason__c <> PRIORVALUE(Reason__c)", "N", "N"),
    ("ISCHANGED(LastModifiedDate)", "Si", "Si"),
    ("ISCHANGED(Total__c)", "Si", "Si"),
    ("ISCHANGED(Score__c)", "N", "N"),
    ("PRIORVALUE(LastModifiedDate) <> LastModifiedDate", "Si", "Si"),
    ("AND(PRIORVALUE(Status__c) = 'Active', TEXT(Status__c) = 'Former')", "N", "N"),
    # required, restricted, too long
    ("ISBLANK(LastName)", "N", "N"),
    ("ISBLANK(FirstName)", "Si", "Si"),
    ("NOT(ISBLANK(LastName))", "Ai", "Ai"),
    ("ISPICKVAL(Status__c, 'Dormant')", "Si", "Si"),
    ("ISPICKVAL(Status__c, 'Sleeping')", "N", "N"),
    ("ISPICKVAL(Level__c, 'Bronze')", "Si", "Si"),
    ("ISPICKVAL(Status__c, '')", "Si", "Si"),
    ("LEN(Code__c) > 12", "N", "N"),
    ("LEN(Code__c) > 11", "Si", "Si"),
    ("Score__c > 999999", "Si", "Si"),
    ("Score__c >= 1000000", "N", "N"),
    ("Score__c > 999998", "Si", "Si"),
    ("ISBLANK(VIP__c)", "N", "N"),
    # literals of one field
    ("AND(Reason__c = 'a', Reason__c = 'b')", "N", "N"),
    ("AND(Reason__c = 'a', Reason__c <> 'b')", "Si", "Si"),
    ("OR(Reason__c <> 'a', Reason__c <> 'b')", "Ai", "Ai"),
    ("AND(Reason__c = 'a', ISBLANK(Reason__c))", "N", "N"),
    ("AND(Reason__c = '', ISBLANK(Reason__c))", "Si", "Si"),
    ("AND(Score__c > 5, Score__c < 6)", "Si", "Si"),
    ("AND(Score__c > 5, Score__c < 7)", "Si", "Si"),
    ("AND(Rate__c > 5, Rate__c < 6)", "Si", "Si"),
    ("AND(Score__c > 5, Score__c < 5)", "N", "N"),
    ("AND(Score__c >= 5, Score__c <= 5)", "Si", "Si"),
    ("AND(TEXT(Status__c) <> 'Active', TEXT(Status__c) <> 'Dormant', TEXT(Status__c) <> 'Former')", "Si", "Si"),
    (
        "AND(NOT(ISBLANK(TEXT(Status__c))), NOT(CASE(Status__c, 'Active', 1, 'Dormant', 1, 'Former', 1, 0) = 1))",
        "N",
        "N",
    ),
    ("CASE(Level__c, 'Gold', 1, 'Silver', 2, 0) = 2", "Si", "Si"),
    ("CASE(Level__c, 'Gold', 1, 'Silver', 2, 0) = 3", "N", "N"),
    # blanks
    ("NOT(CONTAINS(Reason__c, 'x'))", "Si", "Si"),
    ("AND(ISBLANK(Reason__c), CONTAINS(Reason__c, 'x'))", "N", "N"),
    ("AND(ISBLANK(Reason__c), NOT(CONTAINS(Reason__c, 'x')))", "N", "N"),
    ("AND(ISBLANK(Reason__c), NOT(REGEX(Reason__c, 'x')))", "Si", "Si"),
    ("AND(ISBLANK(Reason__c), NOT(REGEX(Reason__c, 'x*')))", "N", "N"),
    ("AND(ISBLANK(Score__c), Score__c <> 1)", "N", "N"),
    ("AND(ISBLANK(Score__c), NOT(AND(Score__c = 1, VIP__c)))", "Si", "Si"),
    ("Score__c = NULL", "N", "N"),
    ("ISNULL(Reason__c)", "N", "N"),
    ("ISNULL(Score__c)", "Si", "Si"),
    (f"AND(LEN(Reason__c) > 0, MOD(11 - MOD({CHECKED}, 11), 11) <> VALUE(MID(Reason__c, 10, 1)))", "Si", "Si"),
    ("VALUE(MID(SUBSTITUTE(Reason__c, '.', ''), 3, 1)) = 7", "Si", "Si"),
    ("AND(ISBLANK(Score__c), BLANKVALUE(Score__c, 0) = 0)", "Si", "Si"),
    ("AND(ISBLANK(Score__c), BLANKVALUE(Score__c, 0) = 1)", "N", "N"),
    # dates and the clock
    ("AND(Start__c > End__c, End__c > Start__c)", "N", "N"),
    ("AND(Start__c >= End__c, End__c >= Start__c)", "Si", "Si"),
    ("AND(Start__c > End__c, End__c > TODAY(), TODAY() > Start__c)", "N", "N"),
    ("AND(Start__c > End__c, End__c > TODAY(), TODAY() + 1 > Start__c)", "N", "N"),
    ("AND(Start__c > End__c, End__c > TODAY(), TODAY() + 3 > Start__c)", "Si", "Si"),
    ("TODAY() > TODAY() + 1", "N", "N"),
    ("DATEVALUE(NOW()) = TODAY()", "Ai", "Ai"),
    ("DATEVALUE(NOW()) <> TODAY()", "N", "N"),
    ("AND(Seen__c < NOW(), DATEVALUE(Seen__c) > TODAY())", "N", "N"),
    ("AND(Seen__c < NOW(), DATEVALUE(Seen__c) = TODAY())", "Si", "Si"),
    ("TODAY() < DATE(2019, 1, 1)", "Si", "Si"),
    ("TODAY() - Start__c > 30", "Si", "Si"),
    ("AND(TODAY() - Start__c > 30, Start__c > TODAY())", "N", "N"),
    ("YEAR(Birthdate) < 1900", "Si", "Si"),
    ("MONTH(Birthdate) > 12", "N", "N"),
    ("WEEKDAY(TODAY()) = 1", "Si", "Si"),
    # patterns and texts
    ("NOT(REGEX(Phone, '[0-9]{3}-[0-9]{4}'))", "Si", "Si"),
    ("REGEX(Phone, '[0-9]{3}-[0-9]{4}')", "Si", "Si"),
    ("NOT(OR(REGEX(Reason__c, '.{0,20}'), ISBLANK(Reason__c)))", "Si", "Si"),
    ("AND(LEN(Code__c) = 5, LEFT(Code__c, 2) = 'AB')", "Si", "Si"),
    ("AND(INCLUDES(Topics__c, 'News'), INCLUDES(Topics__c, 'Offers'))", "Si", "Si"),
    ("Share__c > 0.5", "Si", "Si"),
    # other records
    ("AND(ISBLANK(AccountId), Account.Name = 'X')", "N", "N"),
    ("AND(NOT(ISBLANK(AccountId)), Account.Name = 'X')", "Si", "Si"),
    ("AND(ISBLANK(AccountId), Account.Blocked__c)", "N", "N"),
    ("ISBLANK(Account.Name)", "Si", "Si"),
    ("ISBLANK(Owner.Name)", "N", "N"),
    # the user
    ("NOT($Permission.Bypass)", "Si", "Si"),
    ("AND($Permission.Bypass, NOT($Permission.Bypass))", "N", "N"),
    ("ISBLANK($Profile.Name)", "N", "N"),
    ("AND($Profile.Name = 'A', $Profile.Name = 'B')", "N", "N"),
    # errors
    ("Score__c / Other_Score__c > 2", "Si", "Si"),
    ("AND(Score__c / Other_Score__c > 2, ISNEW())", "U-", "U-"),
    ("AND(ISNEW(), Score__c / Other_Score__c > 2)", "N", "N"),
    ("AND(Other_Score__c <> 0, Score__c / Other_Score__c > 2, ISNEW())", "N", "N"),
    ("AND(VALUE(Code__c) > 2, ISCHANGED(Code__c))", "U-", "U-"),
    ("IFERROR(VALUE(Code__c) > 2, FALSE)", "Si", "Si"),
    ("AND(IFERROR(VALUE(Code__c) > 2, FALSE), ISCHANGED(Code__c))", "N", "N"),
    # what is not known
    ("AND(UnknownA > 5, UnknownA < 3)", "N", "N"),
    ("AND(UnknownA = 'x', UnknownA = 'y')", "N", "N"),
    ("UnknownA = 'x'", "Si", "Si"),
    ("Nowhere__c = 'x'", "U-", "U-"),
    ("AND(HasOptedOutOfEmail, Nowhere__c = 'x')", "U-", "N"),
    ("OR(HasOptedOutOfEmail, Nowhere__c = 'x')", "At", "U-"),
    ("IF(Nowhere__c, ISBLANK(Email), ISBLANK(Phone))", "Si", "Si"),
    ("VLOOKUP($ObjectType.City__c.Fields.Name, $ObjectType.City__c.Fields.Name, LastName) = 'x'", "Si", "Si"),
]
VERDICTS = {"A": Verdict.ALWAYS, "S": Verdict.SOMETIMES, "N": Verdict.NEVER, "U": Verdict.UNKNOWN}
REACHES = {"t": Reach.TARGETED, "i": Reach.INCIDENTAL, "": None, "-": None}


@pytest.mark.parametrize(("formula", "opt_out", "opt_in"), CASES, ids=[case[0] for case in CASES])
def test_verdict_and_reach(formula: str, opt_out: str, opt_in: str) -> None:
    for direction, want in ((True, opt_out), (False, opt_in)):
        decision = ask(formula, opt_out=direction)
        assert (decision.verdict, decision.reach) == (VERDICTS[want[0]], REACHES[want[1:]]), decision
        assert decision.reach_proved
        assert (decision.world is not None) or decision.verdict in (Verdict.NEVER, Verdict.UNKNOWN)


def test_an_axiom_stands_beside_the_guard() -> None:
    assert ask("ISBLANK(Email)", axioms=("ISBLANK(Email)",)).verdict is Verdict.ALWAYS
    assert ask("ISBLANK(Email)", axioms=("NOT(ISBLANK(Email))",)).verdict is Verdict.NEVER
    assert ask("ISBLANK(Email)", axioms=("ISBLANK(Phone)",)).verdict is Verdict.SOMETIMES


def test_a_fixed_global_is_known() -> None:
    rule = "AND(NOT($Permission.Bypass), $Profile.Name <> 'Sync', ISBLANK(Email))"
    assert ask(rule).verdict is Verdict.SOMETIMES
    assert ask(rule, fixed={"$permission.bypass": True}).verdict is Verdict.NEVER
    assert ask(rule, fixed={"$Profile.Name": "Sync"}).verdict is Verdict.NEVER
    assert ask(rule, fixed={"$Profile.Name": "Other"}).verdict is Verdict.SOMETIMES


def test_every_account_that_is_saved_is_a_person_account() -> None:
    interner = Interner()
    guard = interner.field(AFTER, ("IsPersonAccount",), Type.BOOLEAN)
    account = Scenario("Account", "PersonHasOptedOutOfEmail", before=False, after=True)
    assert decide(guard, (), account, CONTACT, interner).verdict is Verdict.ALWAYS
    assert decide(guard, (), scenario(), CONTACT, interner).verdict is Verdict.SOMETIMES


def test_today_is_the_date_of_now_where_the_user_is() -> None:
    early = "AND(TODAY() = DATE(2026, 1, 16), NOW() < DATETIMEVALUE('2026-01-16 00:00:00'))"
    interner = Interner()
    guard = lowered(early, interner)
    assert decide(guard, (), scenario(), CONTACT, interner).verdict is Verdict.NEVER
    sydney = replace(scenario(), zone=timezone(timedelta(hours=10)))
    decision = decide(guard, (), sydney, CONTACT, interner)
    assert decision.verdict is Verdict.SOMETIMES
    assert decision.world is not None
    assert decision.world.today() == date(2026, 1, 16)


@pytest.mark.parametrize(
    "formula",
    [
        "AND(UnknownA = 'x', UnknownA > 5)",
        "AND(UnknownB = NOW(), BLANKVALUE(UnknownB, 'q') = 'q')",
        "AND(UnknownB = TRUE, UnknownB > TODAY() - 5)",
        "AND(UnknownA = UnknownB, LEN(UnknownA) > 2, MAX(UnknownB, 3) < 2)",
        "IF(UnknownA = 3, UnknownB, 5) > CASE(UnknownB, 'x', 1, UnknownA, 2, 0)",
        "AND(Start__c = Seen__c, Reason__c > 5)",
    ],
)
def test_types_that_do_not_fit_do_no_harm(formula: str) -> None:
    """The platform refuses such formulas; names that are not resolved can make one of them."""
    assert isinstance(ask(formula).verdict, Verdict)


def test_a_free_value_is_assumed_and_said() -> None:
    decision = ask("VLOOKUP($ObjectType.City__c.Fields.Name, $ObjectType.City__c.Fields.Name, LastName) = 'x'")
    assert decision.world is not None
    (assumed,) = decision.assumed
    assert decision.world.frees[assumed] == "x"


def test_a_budget_that_is_used_up_says_unknown() -> None:
    rule = "AND(CONTAINS(Reason__c, 'foo'), BEGINS(Reason__c, 'bar'))"
    assert ask(rule).verdict is Verdict.SOMETIMES
    decision = ask(rule, budget=Budget(nodes=2))
    assert decision.verdict is Verdict.UNKNOWN
    assert "budget" in decision.reason


def test_a_chain_as_long_as_a_flow_makes_them_is_decided() -> None:
    formula = "Reason__c & 'x'"
    interner = Interner()
    guard = lowered(f"ISBLANK({formula})", interner)
    for _ in range(5000):
        guard = interner.call("or", (guard, lowered("ISBLANK(Email)", interner)), guard.type)
    assert decide(guard, (), scenario(), CONTACT, interner).verdict is Verdict.SOMETIMES


def test_neither_the_solver_nor_the_language_is_imported() -> None:
    code = (
        "import sys, sfoptlint.decide; print([n for n in sys.modules if n == 'z3' or n.startswith('sfoptlint.lang')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_record_to_show_is_harmed_whatever_the_open_part_is() -> None:
    common = ask("IF(IMAGE(LastName, 'x') = 'y', Score__c > 1, Score__c > 7)")
    assert common.verdict is Verdict.SOMETIMES
    assert common.world is not None
    assert common.world.after[("Score__c",)] > 7  # type: ignore[operator]
