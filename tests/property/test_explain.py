"""Laws: words never fail and are bounded; an exact query counts what the evaluator finds TRUE, any other no less."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from sfoptlint.core.expr import Expr, Global, Interner, Value, nodes
from sfoptlint.core.verdict import Direction
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World
from sfoptlint.explain.repair import changeable_fields, repaired_formula
from sfoptlint.explain.soql import NoQuery, Query, count_query
from sfoptlint.explain.way_there import ways_there
from sfoptlint.explain.words import LONGEST, condition_words
from sfoptlint.lang.formula.parser import parse
from tests.explain.guards import BOX, SmallSchema, guard
from tests.explain.soql_where import where

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = NOW.date()
TEXTS = st.sampled_from(["", "a", "b", "ab", "a_b", "50%", "it's", 'say "x"'])
NUMBERS = st.sampled_from(["0", "1", "-1", "5", "0.5", "100"])
ORDERS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
SHIFTS = st.sampled_from(["", " + 1", " + 2", " + 3", " - 1", " - 2", " - 7"])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def _formula(template: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(template.format, *parts)


WRITABLE = st.one_of(
    st.sampled_from(["Active__c", BOX, "ISBLANK(Phone)", "ISBLANK(Amount__c)", "ISNEW()", "ISCHANGED(Phone)"]),
    st.sampled_from([f"ISCHANGED({BOX})", f"PRIORVALUE({BOX})", "PRIORVALUE(Amount__c) <> Amount__c", "TRUE", "FALSE"]),
    st.sampled_from(["Account.Active__c", "ISBLANK(Account.Type)", "Amount__c >= PRIORVALUE(Amount__c)"]),
    _formula("LastName = {}", TEXTS.map(_quoted)),
    _formula("Phone <> {}", TEXTS.map(_quoted)),
    _formula("ISPICKVAL(Status, {})", TEXTS.map(_quoted)),
    _formula("CONTAINS(Phone, {})", TEXTS.map(_quoted)),
    _formula("BEGINS(LastName, {})", TEXTS.map(_quoted)),
    _formula("INCLUDES(Topics__c, {})", st.sampled_from(['"a"', '"b"', '""'])),
    _formula("Amount__c {} {}", ORDERS, NUMBERS),
    _formula("{1} {0} Amount__c", ORDERS, NUMBERS),
    _formula("Rate__c {} {}", ORDERS, NUMBERS),
    _formula("BLANKVALUE(Amount__c, {}) {} {}", NUMBERS, ORDERS, NUMBERS),
    _formula("LEN(Phone) {} {}", ORDERS, st.sampled_from(["0", "1", "2"])),
    _formula("Start__c {} TODAY(){}", ORDERS, SHIFTS),
    _formula("TODAY(){1} {0} Start__c", ORDERS, SHIFTS),
    _formula("Start__c {} DATE(2026, 3, {})", ORDERS, st.sampled_from(["9", "10", "11"])),
)
NOT_WRITABLE = st.sampled_from(
    ["$Permission.Skip", "Amount__c > Limit__c", 'REGEX(Phone, "a+")', "LEN(LastName) = 2", "$Setup.B__c.Off__c"]
)


def _trees(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            _formula("AND({}, {})", inner, inner),
            _formula("OR({}, {})", inner, inner),
            _formula("NOT({})", inner),
            _formula("IF({}, {}, {})", inner, inner, inner),
            _formula("({}) = {}", inner, st.sampled_from(["TRUE", "FALSE"])),
            _formula("({}) <> {}", inner, st.sampled_from(["TRUE", "FALSE"])),
        ),
        max_leaves=8,
    )


CHOICES: dict[str, list[Value]] = {
    "Active__c": [True, False],
    BOX: [True, False],
    "LastName": ["a", "b", "ab", "a_b", "50%", "it's", 'say "x"'],
    "Phone": [None, "a", "b", "ab", "axb", "50%", "it's"],
    "Status": [None, "a", "b", "ab"],
    "Topics__c": [None, "a", "b", "a;b", "c"],
    "Amount__c": [None, *(Decimal(number) for number in ("0", "1", "-1", "2", "5", "0.5", "100"))],
    "Limit__c": [None, Decimal(1)],
    "Rate__c": [None, *(Decimal(number) for number in ("0", "50", "100", "500", "-100"))],
    "Start__c": [None, *(TODAY + timedelta(days) for days in range(-8, 5))],
    "AccountId": [None, "001000000000001"],
    "Account.Type": [None, "a"],
    "Account.Active__c": [None, True, False],
}
RECORDS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()})


def _is_true(condition: Expr, before: dict[str, Value], direction: Direction | None) -> bool:
    stored = {tuple(name.split(".")): value for name, value in before.items()}
    saved = dict(stored)
    if direction is not None:
        saved[(BOX,)] = direction is Direction.OPT_OUT
    names = {node.name: True for node in nodes(condition) if isinstance(node, Global)}
    return evaluate(condition, World(saved, stored, globals=names, now=NOW)) is True


def _at_start(record: dict[str, Value], direction: Direction | None) -> bool:
    return direction is None or record[BOX] is (direction is Direction.OPT_IN)


DIRECTIONS = st.sampled_from([None, Direction.OPT_OUT, Direction.OPT_IN])


@given(_trees(WRITABLE), RECORDS, DIRECTIONS)
def test_an_exact_query_finds_the_records_that_meet_the_guard(
    formula: str, record: dict[str, Value], direction: Direction | None
) -> None:
    condition = guard(formula)
    query = count_query("Contact", condition, SmallSchema(), direction)
    expected = _at_start(record, direction) and _is_true(condition, record, direction)
    if isinstance(query, NoQuery):
        # Nothing in this fragment is left out but a length that is no question for a blank.
        assert "LEN" in query.reason or not expected
        return
    found = where(query.text, TODAY)(record)
    assert found is expected if query.exact else found or not expected


@given(_trees(WRITABLE | NOT_WRITABLE), RECORDS, DIRECTIONS)
def test_a_query_never_misses_a_record(formula: str, record: dict[str, Value], direction: Direction | None) -> None:
    condition = guard(formula)
    query = count_query("Contact", condition, SmallSchema(), direction)
    assume(_at_start(record, direction) and _is_true(condition, record, direction))
    if isinstance(query, Query):
        assert where(query.text, TODAY)(record)
    else:
        assert query.reason != "no stored record meets the condition"


@given(_trees(WRITABLE | NOT_WRITABLE), RECORDS)
def test_a_rule_guarded_by_change_never_rejects_an_opt_out(formula: str, record: dict[str, Value]) -> None:
    fields = changeable_fields(guard(formula), SmallSchema())
    first, *rest = repaired_formula(formula, fields, BOX)
    assert parse(first.text)
    if rest:
        assert not _is_true(guard(first.text), {**record, BOX: False}, Direction.OPT_OUT)
    exempt = repaired_formula(formula, fields, BOX, targeted=True)[0]
    assert not _is_true(guard(exempt.text), {**record, BOX: False}, Direction.OPT_OUT)


LEAVES = st.sampled_from(
    ["Active__c", "Phone", "Amount__c", "Start__c", "Mystery", "$User.Id", "NULL", '"x and (y"', "1", "TODAY()", "TRUE"]
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        _formula(
            "({} {} {})", inner, st.sampled_from(["=", "<>", "<", ">=", "+", "-", "*", "/", "&", "&&", "||"]), inner
        ),
        _formula("{}({})", st.sampled_from(["NOT", "ISBLANK", "ISNULL", "LEN", "DATEVALUE", "PRIORVALUE", "-"]), inner),
        _formula(
            "{}({}, {})", st.sampled_from(["CONTAINS", "BEGINS", "REGEX", "INCLUDES", "BLANKVALUE"]), inner, inner
        ),
        _formula("IF({}, {}, {})", inner, inner, inner),
        _formula("CASE({}, {}, {}, {})", inner, inner, inner, inner),
        st.sampled_from(["ISCHANGED(Phone)", "ISCHANGED(Amount__c)", "ISNEW()"]),
    ),
    max_leaves=30,
)


@given(ANYTHING)
def test_any_guard_is_explained_within_bounds(formula: str) -> None:
    condition = guard(formula, Interner())
    words = condition_words(condition)
    assert 0 < len(words) <= LONGEST
    assert words == condition_words(guard(formula, Interner()))
    assert isinstance(count_query("Contact", condition, SmallSchema()), Query | NoQuery)
    assert ways_there(condition)


def test_the_day_of_the_laws_is_the_users() -> None:
    assert World({}, {}, now=NOW).today() == TODAY == date(2026, 3, 10)
