import pytest

from sfoptlint.core.verdict import Direction
from sfoptlint.explain.soql import LONGEST_WHERE, NoQuery, Query, count_query
from tests.explain.guards import SmallSchema, guard

WHERE = {
    "ISBLANK(Email)": "Email = null",
    "NOT(ISBLANK(Email))": "Email != null",
    "Active__c": "Active__c = TRUE",
    "NOT(AND(Active__c, ISBLANK(Email)))": "Active__c = FALSE OR Email != null",
    'ISPICKVAL(Status, "Closed")': "Status = 'Closed'",
    'ISPICKVAL(Status, "")': "Status = null",
    'NOT(ISPICKVAL(Status, "Closed"))': "Status != 'Closed'",
    'LastName = "O\'Hara \\\\ \\"x\\""': "LastName = 'O\\'Hara \\\\ \\\"x\\\"'",
    "Amount__c < 5.50": "Amount__c < 5.5",
    "5 < Amount__c": "Amount__c > 5",
    "Amount__c = -10": "Amount__c = -10",
    "Amount__c > 10000000000": "Amount__c > 10000000000.0",
    "Amount__c <> 5": "(Amount__c != 5 AND Amount__c != null)",
    "NOT(AND(Amount__c = 5, TRUE))": "Amount__c != 5",
    "NOT(AND(Amount__c < 5, TRUE))": "(Amount__c >= 5 OR Amount__c = null)",
    "Rate__c > 0.15": "Rate__c > 15",
    "BLANKVALUE(Amount__c, 0) < 5": "(Amount__c < 5 OR Amount__c = null)",
    "BLANKVALUE(Amount__c, 0) > 5": "Amount__c > 5",
    "Start__c < TODAY()": "Start__c < TODAY",
    "Start__c = TODAY() - 1": "Start__c = YESTERDAY",
    "Start__c >= TODAY() - 30": "Start__c >= N_DAYS_AGO:30",
    "Start__c > TODAY() + 30": "Start__c > NEXT_N_DAYS:30",
    "Start__c >= TODAY() + 30": "Start__c > NEXT_N_DAYS:29",
    "Start__c < TODAY() + 2": "Start__c <= TOMORROW",
    "Start__c = TODAY() + 3": "(Start__c > NEXT_N_DAYS:2 AND Start__c <= NEXT_N_DAYS:3)",
    "Start__c <> TODAY()": "(Start__c < TODAY OR Start__c > TODAY)",
    "NOT(AND(Start__c = TODAY() + 2, TRUE))": "((Start__c <= TOMORROW OR Start__c > NEXT_N_DAYS:2) OR Start__c = null)",
    "TODAY() > Start__c": "Start__c < TODAY",
    "Start__c = DATE(2024, 2, 29)": "Start__c = 2024-02-29",
    "DATEVALUE(CreatedDate) = TODAY()": "CreatedDate = TODAY",
    'CONTAINS(Email, "100%_")': "Email LIKE '%100\\%\\_%'",
    'BEGINS(Phone, "+")': "Phone LIKE '+%'",
    'NOT(BEGINS(Phone, "+"))': "((NOT Phone LIKE '+%') AND Phone != null)",
    'NOT(AND(BEGINS(Phone, "+"), TRUE))': "((NOT Phone LIKE '+%') OR Phone = null)",
    'INCLUDES(Topics__c, "a")': "Topics__c INCLUDES ('a')",
    'NOT(INCLUDES(Topics__c, "a"))': "(Topics__c EXCLUDES ('a') OR Topics__c = null)",
    "LEN(Phone) > 0": "Phone != null",
    'RecordType.DeveloperName = "Donor"': "RecordType.DeveloperName = 'Donor'",
    'RecordTypeId = "012000000000001"': "RecordTypeId = '012000000000001'",
    "NOT(Account.Active__c)": "Account.Active__c = FALSE",
    'Owner.Name = "x"': "Owner.Name = 'x'",
    'A__r.B__r.C__r.D__r.E__r.Name = "x"': "A__r.B__r.C__r.D__r.E__r.Name = 'x'",
    'PRIORVALUE(LastName) = "x"': "LastName = 'x'",
    "AND(NOT(ISCHANGED(Email)), ISBLANK(Email))": "Email = null",
    "OR(ISNEW(), ISBLANK(Email))": "Email = null",
    "PRIORVALUE(Amount__c) = Amount__c": "Amount__c != null",
    "IF(Active__c, ISBLANK(Email), Amount__c > 1)": (
        "(Active__c = TRUE AND Email = null) OR (Active__c = FALSE AND Amount__c > 1)"
    ),
    "AND(ISBLANK(Email), OR(Active__c, ISBLANK(Phone)))": "Email = null AND (Active__c = TRUE OR Phone = null)",
}


@pytest.mark.parametrize("formula", WHERE)
def test_a_guard_is_counted_exactly(formula: str) -> None:
    query = count_query("Contact", guard(formula), SmallSchema())
    assert isinstance(query, Query)
    assert query.text == f"SELECT COUNT() FROM Contact WHERE {WHERE[formula]}"
    assert query.exact
    assert query.left_out == ()


LEFT_OUT = {
    "LEN(PostalCode) <> 5": "LEN(PostalCode) is not 5 (a query cannot compute LEN)",
    'REGEX(PostalCode, "x")': 'PostalCode matches the pattern "x" (a query cannot compute REGEX)',
    "Start__c > End__c": "Start__c is after End__c (a query does not compare two fields)",
    "Amount__c * 2 > 5": "Amount__c * 2 is greater than 5 (a query cannot compute with values)",
    "ISBLANK(Description)": "Description is blank (a query cannot filter by a long text area)",
    "CreatedDate < NOW()": "CreatedDate is before now (a query does not compare two fields)",
    '$Profile.Name <> "Admin"': 'the profile is not "Admin" (it depends on the user, who is taken not to be spared)',
    "NOT($Setup.B__c.Off__c)": (
        "the setting B__c.Off__c is not ticked (it depends on the org's settings, which are taken not to spare the record)"
    ),
    'Owner.Department = "x"': 'Owner.Department is "x" (the look-up leads to more than one object)',
    'A__r.B__r.C__r.D__r.E__r.F__r.Name = "x"': (
        'A__r.B__r.C__r.D__r.E__r.F__r.Name is "x" (a query follows at most 5 look-ups)'
    ),
    'LastName < "m"': 'LastName is less than "m" (a query orders texts by the rules of a language)',
    'CONTAINS(Email, "a\\\\b")': 'Email contains "a\\b" (a query cannot search for a backslash)',
    'CONTAINS("a:b", TEXT(Status))': '"a:b" contains Status (a query compares a field with a literal only)',
    'INCLUDES(Topics__c, "a;b")': (
        'Topics__c includes "a;b" (a query asks a multi-select picklist for literal values only)'
    ),
    'RecordTypeId = "Donor"': 'RecordTypeId is "Donor" (a query compares an identifier with an identifier only)',
    "Start__c > TODAY() + 0.5": "Start__c is after TODAY() + 0.5 (a query does not compare two fields)",
    "%%%NAMESPACE%%%Flag__c": "%%%NAMESPACE%%%Flag__c is ticked (the name cannot be written in a query)",
}


@pytest.mark.parametrize("formula", LEFT_OUT)
def test_what_cannot_be_written_is_left_out_of_a_conjunction_and_named(formula: str) -> None:
    query = count_query("Contact", guard(f"AND(ISBLANK(Email), {formula})"), SmallSchema())
    assert query == Query("SELECT COUNT() FROM Contact WHERE Email = null", False, (LEFT_OUT[formula],))


@pytest.mark.parametrize("formula", LEFT_OUT)
def test_what_cannot_be_written_takes_its_disjunction_with_it(formula: str) -> None:
    query = count_query("Contact", guard(f"OR(ISBLANK(Email), {formula})"), SmallSchema())
    assert query == NoQuery(f"the condition cannot be written as a query: {LEFT_OUT[formula]}")


def test_an_exact_part_decides_before_one_that_is_left_out() -> None:
    assert count_query("Contact", guard("AND(FALSE, LEN(Email) > 3)"), SmallSchema()) == NoQuery(
        "no stored record meets the condition"
    )
    query = count_query("Contact", guard("OR(NOT(ISCHANGED(Email)), LEN(Email) > 3)"), SmallSchema())
    assert query == Query("SELECT COUNT() FROM Contact", True)


def test_a_rule_that_needs_a_change_counts_no_stored_record() -> None:
    query = count_query("Contact", guard("AND(ISCHANGED(Email), ISBLANK(Phone))"), SmallSchema())
    assert query == NoQuery("no stored record meets the condition")


def test_the_opt_out_is_counted_where_it_starts() -> None:
    rule = guard("AND(HasOptedOutOfEmail, NOT(PRIORVALUE(HasOptedOutOfEmail)), ISBLANK(Phone))")
    unchanged = count_query("Contact", rule, SmallSchema())
    assert isinstance(unchanged, Query)
    assert "HasOptedOutOfEmail = TRUE AND HasOptedOutOfEmail = FALSE" in unchanged.text
    query = count_query("Contact", rule, SmallSchema(), Direction.OPT_OUT)
    assert query == Query("SELECT COUNT() FROM Contact WHERE HasOptedOutOfEmail = FALSE AND Phone = null", True)
    assert isinstance(count_query("Contact", rule, SmallSchema(), Direction.OPT_IN), NoQuery)


@pytest.mark.parametrize(
    "formula",
    [
        "ISCHANGED(HasOptedOutOfEmail)",
        "HasOptedOutOfEmail <> PRIORVALUE(HasOptedOutOfEmail)",
        "HasOptedOutOfEmail = FALSE",
    ],
)
def test_the_opt_in_is_counted_where_it_starts(formula: str) -> None:
    query = count_query("Contact", guard(formula), SmallSchema(), Direction.OPT_IN)
    assert query == Query("SELECT COUNT() FROM Contact WHERE HasOptedOutOfEmail = TRUE", True)


def test_an_account_is_a_person_account() -> None:
    query = count_query("Account", guard("OR(ISBLANK(Email), ISBLANK(Phone))"), SmallSchema())
    assert isinstance(query, Query)
    assert query.text == "SELECT COUNT() FROM Account WHERE IsPersonAccount = TRUE AND (Email = null OR Phone = null)"


def test_caveats_are_told_once() -> None:
    query = count_query(
        "Contact", guard('AND(LastName = "Ab", Email <> "x@y", Start__c < TODAY(), Odd = 1)'), SmallSchema()
    )
    assert isinstance(query, Query)
    assert query.caveats == (
        "TODAY is the day of whoever runs the query, in their time zone",
        'unlike the formula, a query does not regard the case of "Ab", "x@y"',
        "a query fails if a field cannot be filtered by, and nothing is known of Odd",
    )


def test_a_condition_that_no_api_takes_has_no_query() -> None:
    terms = ", ".join(f'LastName = "{"x" * 50}{number}"' for number in range(LONGEST_WHERE // 50))
    assert count_query("Contact", guard(f"OR({terms})"), SmallSchema()) == NoQuery(
        "the condition is too large for a query"
    )


def test_a_reason_tells_a_few_of_many() -> None:
    terms = ", ".join(f'LEFT(LastName, {number}) = "x"' for number in range(9))
    query = count_query("Contact", guard(f"OR({terms})"), SmallSchema())
    assert isinstance(query, NoQuery)
    assert query.reason.count("cannot compute LEFT") == 3
    assert query.reason.endswith("; and 6 more")
