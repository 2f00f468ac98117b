from collections.abc import Callable
from decimal import Decimal

import pytest

from sfoptlint.core.expr import Value

Formula = Callable[..., Value]
BLANK_NUMBER = ("Number", None)
BLANK_TEXT = ("Text", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N = 1", None),
        ("N <> 1", None),
        ("NOT(N = 1)", None),
        ("N < 1", None),
        ("AND(N = 1, TRUE)", False),
        ("NOT(AND(N = 1, TRUE))", True),
        ("OR(N = 1, TRUE)", True),
        ("IF(N = 1, 'a', 'b')", "b"),
        ("N = NULL", None),
        ("ISBLANK(N)", True),
        ("ISNULL(N)", True),
        ("NULLVALUE(N, 2)", Decimal(2)),
        ("N + 1", None),
        ("MAX(N, 1)", None),
        ("CASE(N, NULL, 'a', 'b')", "b"),
    ],
)
def test_a_blank_number(value: Formula, text: str, expected: Value) -> None:
    assert value(text, N=BLANK_NUMBER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T = ''", True),
        ("T = NULL", True),
        ("T <> 'x'", True),
        ("ISBLANK(T)", True),
        ("ISNULL(T)", False),
        ("NULLVALUE(T, 'x')", None),
        ("BLANKVALUE(T, 'x')", "x"),
        ("CONTAINS(T, 'x')", None),
        ("NOT(CONTAINS(T, 'x'))", None),
        ("CONTAINS('x', T)", True),
        ("BEGINS(T, 'x')", None),
        ("T & 'x'", "x"),
        ("T + 'x'", "x"),
        ("LEN(T)", Decimal(0)),
        ("LEFT(T, 2)", None),
        ("FIND('a', T)", Decimal(0)),
        ("T < 'x'", None),
        ("ISPICKVAL(T, '')", True),
        ("VALUE(T)", None),
        ("NOT(REGEX(T, 'x'))", True),
        ("INCLUDES(T, 'x')", False),
        ("PICKLISTCOUNT(T)", Decimal(0)),
    ],
)
def test_a_blank_text(value: Formula, text: str, expected: Value) -> None:
    assert value(text, T=BLANK_TEXT) == expected


def test_blank_as_zero_reads_numbers_as_zero(value: Formula) -> None:
    assert value("N = 0", N=BLANK_NUMBER, zero=True) is True
    assert value("ISBLANK(N)", N=BLANK_NUMBER, zero=True) is False
    assert value("ISBLANK(T)", T=BLANK_TEXT, zero=True) is True


def test_a_blank_checkbox_is_false(value: Formula) -> None:
    assert value("NOT(F)", F=("Checkbox", None)) is True


def test_what_is_not_needed_is_not_evaluated(value: Formula, error: Callable[..., str]) -> None:
    assert value("IF(TRUE, 1, 1/0)") == 1
    assert value("OR(TRUE, 1/0 = 0)") is True
    assert value("AND(FALSE, 1/0 = 0)") is False
    assert value("IFERROR(1/0, 7)") == 7
    assert value("IFERROR(IFERROR(1/0, VALUE('x')), 7)") == 7
    assert error("AND(TRUE, 1/0 = 0)") == "NumericError"


def test_case_evaluates_everything(value: Formula, error: Callable[..., str]) -> None:
    assert value("CASE(2, 1, 'a', 2, 'b', 'c')") == "b"
    assert error("CASE(1, 1, 2, 1/0)") == "NumericError"


def test_picklists_regard_case(value: Formula) -> None:
    fields = {"P": ("Picklist", "Open"), "M": ("MultiPicklist", "a;b c")}
    assert value("ISPICKVAL(P, 'Open')", **fields) is True
    assert value("ISPICKVAL(P, 'open')", **fields) is False
    assert value("TEXT(P) = 'Open'", **fields) is True
    assert value("INCLUDES(M, 'b c')", **fields) is True
    assert value("INCLUDES(M, 'b')", **fields) is False
    assert value("PICKLISTCOUNT(M)", **fields) == 2


def test_globals_are_read_beside_the_fields(value: Formula) -> None:
    fields = {"$User.Id": "005x", "$Permission.Sync_Bypass": True, "$Profile.Name": "System Administrator"}
    assert value("$Permission.Sync_Bypass && $Profile.Name = 'System Administrator'", **fields) is True
    assert value("{!$User.Id} & '!'", **fields) == "005x!"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1 = TRUE", "TypeMismatchError"),
        ("NOT(1)", "TypeMismatchError"),
        ("1 < TRUE", "TypeMismatchError"),
        ("TODAY() = NOW()", "TypeMismatchError"),
        ("LEN(1)", "TypeMismatchError"),
        ("'a' * 2", "TypeMismatchError"),
        ("TODAY() + TODAY()", "TypeMismatchError"),
    ],
)
def test_types_that_do_not_meet(error: Callable[..., str], text: str, kind: str) -> None:
    assert error(text) == kind
