import pytest

from sfoptlint.lang.formula.catalogue import FUNCTIONS, Context
from sfoptlint.lang.formula.check import check
from sfoptlint.lang.formula.diagnostics import Problem
from sfoptlint.lang.formula.parser import parse


@pytest.mark.parametrize(
    ("text", "problem", "message"),
    [
        ("ISBLNK(a)", Problem.UNKNOWN_FUNCTION, "unknown function ISBLNK; did you mean ISBLANK?"),
        ("Zzzzqqq(a)", Problem.UNKNOWN_FUNCTION, "unknown function Zzzzqqq"),
        ("LEFT(a)", Problem.ARGUMENT_COUNT, "LEFT takes 2 arguments, 1 given"),
        ("TODAY(a)", Problem.ARGUMENT_COUNT, "TODAY takes no arguments, 1 given"),
        ("LEN()", Problem.ARGUMENT_COUNT, "LEN takes 1 argument, none given"),
        ("AND()", Problem.ARGUMENT_COUNT, "AND takes at least 1 argument, none given"),
        ("TRUNC(1,2,3)", Problem.ARGUMENT_COUNT, "TRUNC takes 1 to 2 arguments, 3 given"),
        ("NOT(a, b)", Problem.ARGUMENT_COUNT, "NOT takes 1 argument, 2 given"),
        ("CASE(a, 1, 2, 3, 4)", Problem.ARGUMENT_COUNT, "CASE takes a value, pairs of a value and a result"),
        ("IFS(a, 1, b, 2)", Problem.ARGUMENT_COUNT, "IFS takes pairs of a condition and a result"),
    ],
)
def test_calls_that_the_platform_refuses(text: str, problem: Problem, message: str) -> None:
    (diagnostic,) = check(parse(text))
    assert diagnostic.problem is problem
    assert str(diagnostic).startswith(message)


def test_names_are_known_in_any_case() -> None:
    assert check(parse("isBlank(Today())")) == ()


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("ISCHANGED(a)", {Context.VALIDATION_RULE, Context.WORKFLOW, Context.RECORD_FLOW}),
        ("REGEX(a, b)", {Context.VALIDATION_RULE, Context.WORKFLOW, Context.FLOW, Context.RECORD_FLOW}),
        ("VLOOKUP(a, b, c)", {Context.VALIDATION_RULE}),
        ("LEN(a)", set(Context)),
        ("GETRECORDIDS(a)", set()),
    ],
)
def test_where_a_function_is_allowed(text: str, allowed: set[Context]) -> None:
    assert {context for context in Context if not check(parse(text), context)} == allowed


def test_every_problem_is_reported_in_the_order_of_the_text() -> None:
    assert [str(diagnostic)[:20] for diagnostic in check(parse("FOO1(LEN(1,2)) & BAR1()"))] == [
        "unknown function FOO",
        "LEN takes 1 argument",
        "unknown function BAR",
    ]


def test_the_catalogue_has_every_function_of_the_documentation() -> None:
    documented = """ABS ACOS ADDMONTHS AND ASCII ASIN ATAN ATAN2 BEGINS BLANKVALUE BR CASE CASESAFEID CEILING CHR CONTAINS COS
    CURRENCYRATE DATE DATETIMEVALUE DATEVALUE DAY DAYOFYEAR DISTANCE EXP FIND FLOOR FORMATDURATION FROMUNIXTIME GEOLOCATION
    GETRECORDIDS GETSESSIONID HOUR HTMLENCODE HYPERLINK IF IMAGE INCLUDE INCLUDES INITCAP ISBLANK ISCHANGED ISCLONE ISNEW
    ISNULL ISNUMBER ISOWEEK ISOYEAR ISPICKVAL JSENCODE JSINHTMLENCODE LEFT LEN LINKTO LN LOG LOWER LPAD MAX MCEILING MFLOOR
    MID MILLISECOND MIN MINUTE MOD MONTH NOT NOW NULLVALUE OR PARENTGROUPVAL PI PICKLISTCOUNT PREVGROUPVAL PRIORVALUE REGEX
    REQUIRESCRIPT REVERSE RIGHT ROUND RPAD SECOND SIN SQRT SUBSTITUTE TAN TEXT TIMENOW TIMEVALUE TODAY TRIM TRUNC
    UNIXTIMESTAMP UPPER URLENCODE VALUE VLOOKUP WEEKDAY YEAR"""
    assert set(documented.split()) <= set(FUNCTIONS)
