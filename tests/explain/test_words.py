import pytest

from sfoptlint.core.expr import AFTER, Expr, Interner, Primitive, Type
from sfoptlint.explain.words import LONGEST, condition_words
from tests.explain.guards import guard

WORDS = {
    # What people write most
    'AND(ISBLANK(Email), ISPICKVAL(Status, "Closed"))': 'Email is blank and Status is "Closed"',
    'OR(NOT(ISBLANK(Phone)), AND(TEXT(Level__c) = "Gold", $Profile.Name <> "System Administrator"))': (
        'Phone is not blank or (Level__c is "Gold" and the profile is not "System Administrator")'
    ),
    "LEN(PostalCode) <> 5": "LEN(PostalCode) is not 5",
    "Start__c < TODAY()": "Start__c is before today",
    "HasOptedOutOfEmail": "HasOptedOutOfEmail is ticked",
    "NOT(HasOptedOutOfEmail)": "HasOptedOutOfEmail is not ticked",
    "!Active__c": "Active__c is not ticked",
    "Active__c = TRUE": "Active__c is ticked",
    "Active__c <> TRUE": "Active__c is not ticked",
    "FALSE = Active__c": "Active__c is not ticked",
    "ISCHANGED(Status)": "Status changes",
    "NOT(ISCHANGED(Status))": "Status does not change",
    'ISPICKVAL(PRIORVALUE(Status), "New")': 'Status was "New"',
    'NOT(ISPICKVAL(PRIORVALUE(Status), "New"))': 'Status was not "New"',
    "PRIORVALUE(Active__c)": "Active__c was ticked",
    "ISBLANK(PRIORVALUE(Email))": "Email was blank",
    "PRIORVALUE(Email) <> Email": "Email changes",
    "PRIORVALUE(Amount__c) = Amount__c": "Amount__c does not change",
    "ISNEW()": "the record is new",
    "NOT ISNEW()": "the record is not new",
    # Negation goes inwards
    "NOT(AND(ISBLANK(Email), Active__c))": "Email is not blank or Active__c is not ticked",
    "NOT(OR(ISBLANK(Email), Active__c))": "Email is not blank and Active__c is not ticked",
    "NOT(NOT(ISBLANK(Email)))": "Email is blank",
    "NOT(NOT(NOT(Active__c)))": "Active__c is not ticked",
    # Flat where the operator is the same
    "AND(Active__c, AND(ISBLANK(Email), AND(ISBLANK(Phone))))": "Active__c is ticked and Email is blank and Phone is blank",
    "Active__c && ISBLANK(Email) || ISBLANK(Phone)": "(Active__c is ticked and Email is blank) or Phone is blank",
    "AND(Active__c, Active__c)": "Active__c is ticked",
    # Constants
    "TRUE": "always",
    "FALSE": "never",
    "AND(Active__c, FALSE)": "never",
    "OR(ISBLANK(Email), FALSE)": "Email is blank",
    "Amount__c = NULL": "never",
    "NOT(Amount__c <> NULL)": "never",
    # Three values: whether a blank counts is said
    "Amount__c < 5": "Amount__c is less than 5",
    "NOT(Amount__c < 5)": "Amount__c is at least 5",
    "NOT(AND(Amount__c < 5, Active__c))": "Amount__c is not less than 5 or Active__c is not ticked",
    "Amount__c <> 5": "Amount__c has a value other than 5",
    "NOT(Amount__c = 5)": "Amount__c has a value other than 5",
    "NOT(AND(Amount__c = 5, TRUE))": "Amount__c is not 5",
    "NOT(AND(Amount__c <> 5, TRUE))": "Amount__c is blank or 5",
    "NOT(AND(NOT(Amount__c < 5), TRUE))": "Amount__c is not at least 5",
    'CONTAINS(Email, "@")': 'Email contains "@"',
    'NOT(CONTAINS(Email, "@"))': 'Email has a value that does not contain "@"',
    'NOT(AND(CONTAINS(Email, "@"), TRUE))': 'Email does not contain "@"',
    'NOT(AND(NOT(CONTAINS(Email, "@")), TRUE))': 'Email is blank or contains "@"',
    'BEGINS(Phone, "+")': 'Phone begins with "+"',
    'NOT(BEGINS(Phone, "+"))': 'Phone has a value that does not begin with "+"',
    # Numbers, percents, dates
    "5 <= Amount__c": "Amount__c is at least 5",
    "Amount__c > -1.50": "Amount__c is greater than -1.5",
    "Rate__c > 0.15": "Rate__c is greater than 15",
    "Rate__c = 0.5": "Rate__c is 50",
    "Start__c >= DATE(2024, 2, 29)": "Start__c is on or after 2024-02-29",
    "Start__c > TODAY() + 30": "Start__c is after 30 days from today",
    "Start__c <= TODAY() - 1": "Start__c is on or before 1 day ago",
    "End__c < Start__c": "End__c is before Start__c",
    "CreatedDate > NOW()": "CreatedDate is after now",
    "LEN(Phone) = 0": "Phone is blank",
    "LEN(Phone) > 0": "Phone is not blank",
    "1 > LEN(Phone)": "Phone is blank",
    # Several values of one thing
    'OR(ISPICKVAL(Status, "A"), ISPICKVAL(Status, "B"))': 'Status is one of "A", "B"',
    'AND(ISBLANK(Email), OR(ISPICKVAL(Status, "A"), ISPICKVAL(Status, "B")))': (
        'Email is blank and Status is one of "A", "B"'
    ),
    'NOT(OR(ISPICKVAL(Status, "A"), ISPICKVAL(Status, "B")))': 'Status is none of "A", "B"',
    'OR(ISPICKVAL(Status, "A"), ISPICKVAL(Status, ""))': 'Status is "A" or Status is blank',
    'AND(ISPICKVAL(Status, "A"), ISPICKVAL(Status, "B"))': 'Status is "A" and Status is "B"',
    'OR(INCLUDES(Topics__c, "a"), INCLUDES(Topics__c, "b"))': 'Topics__c includes one of "a", "b"',
    'NOT(INCLUDES(Topics__c, "a"))': 'Topics__c does not include "a"',
    # The user, the settings, other objects
    "$Permission.Skip": "the user has the custom permission Skip",
    "NOT($Permission.Skip)": "the user does not have the custom permission Skip",
    "$Setup.Bypass__c.Active__c": "the setting Bypass__c.Active__c is ticked",
    '$User.Department = "Sales"': 'the user\'s Department is "Sales"',
    "$User.IsActive": "the user's IsActive is ticked",
    '$UserRole.Name = "CEO"': 'the role is "CEO"',
    "Email = $Label.Owner": "Email is the label Owner",
    'RecordType.DeveloperName = "Donor"': 'the record type is "Donor"',
    'ISPICKVAL(Account.Type, "Customer")': 'Account.Type is "Customer"',
    # Choices, patterns, and what has no words
    "IF(Active__c, ISBLANK(Email), ISBLANK(Phone))": (
        "(Active__c is ticked and Email is blank) or (Active__c is not ticked and Phone is blank)"
    ),
    "IF(Active__c, ISBLANK(Email), FALSE)": "Active__c is ticked and Email is blank",
    "IF(Active__c, TRUE, ISBLANK(Email))": "Active__c is ticked or Email is blank",
    "IF(ISBLANK(Email), FALSE, TRUE)": "Email is not blank",
    'NOT(REGEX(PostalCode, "[0-9]{5}"))': 'PostalCode does not match the pattern "[0-9]{5}"',
    "ISNUMBER(PostalCode)": "PostalCode is a number",
    'CASE(Status, "a", 1, 0) = 1': 'CASE(Status, "a", 1, 0) is 1',
    "Amount__c * 2 > Limit__c + 1": "Amount__c * 2 is greater than Limit__c + 1",
    "(Amount__c + 1) * 2 > 1": "(Amount__c + 1) * 2 is greater than 1",
    "NOT(IFERROR(Active__c, TRUE))": "NOT(IFERROR(Active__c, TRUE))",
    "Mystery = Riddle": "Mystery is Riddle",
    "ISNULL(Mystery)": "Mystery is blank",
}


@pytest.mark.parametrize("formula", WORDS)
def test_a_condition_reads_as_an_admin_would_say_it(formula: str) -> None:
    assert condition_words(guard(formula)) == WORDS[formula]


def test_a_long_condition_is_cut_before_a_joiner_and_closes_what_it_opened() -> None:
    terms = ", ".join(f'AND(ISPICKVAL(Status, "Value {number}"), ISBLANK(Email))' for number in range(20))
    words = condition_words(guard(f"AND(Active__c, OR({terms}))"))
    assert len(words) <= LONGEST
    assert words.endswith('or (Status is "Value 5" and Email is blank) or \u2026)')
    assert words.count("(") == words.count(")")


def test_a_long_single_condition_is_cut() -> None:
    words = condition_words(guard("Amount__c" + " + Amount__c" * 300 + " > 1"))
    assert len(words) < LONGEST
    assert "\u2026" in words


def test_a_shared_graph_costs_what_it_has_in_nodes() -> None:
    interner = Interner()
    node: Expr = interner.field(AFTER, ("Flag",), Type.BOOLEAN)
    for number in range(3000):
        other = interner.field(AFTER, (f"Flag{number}",), Type.BOOLEAN)
        inner = interner.call(Primitive.AND, (node, other), Type.BOOLEAN)
        negated = interner.call(Primitive.NOT, (inner,), Type.BOOLEAN)
        node = interner.call(Primitive.IF, (node, inner, negated), Type.BOOLEAN)
    assert len(condition_words(node)) <= LONGEST


def test_a_very_deep_chain_is_told() -> None:
    interner = Interner()
    node: Expr = interner.field(AFTER, ("Flag",), Type.BOOLEAN)
    for number in range(5000):
        op = Primitive.AND if number % 2 else Primitive.OR
        node = interner.call(op, (node, interner.field(AFTER, (f"F{number}",), Type.BOOLEAN)), Type.BOOLEAN)
    assert "\u2026" in condition_words(node)
