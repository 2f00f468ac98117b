"""Laws of the decision procedure, over generated formulas and records of the schema."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sfoptlint.core.expr import Field, Free, Global, Interner, Type, Value, nodes
from sfoptlint.core.verdict import Reach, Verdict
from sfoptlint.decide import Decision, decide
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World
from tests.decide.asking import BOX, CONTACT, STATUSES, lowered, scenario

BOOLEANS = [
    "HasOptedOutOfEmail",
    "VIP__c",
    "$Permission.Bypass",
    "ISCHANGED(HasOptedOutOfEmail)",
    "TRUE",
    "Account.Blocked__c",
]
CHANGES = ["ISCHANGED(Reason__c)", "ISCHANGED(LastModifiedDate)", "ISNEW()", "PRIORVALUE(HasOptedOutOfEmail)"]
TEXTS = ["Reason__c", "Code__c", "LastName", "Account.Name", "AccountId", "$Profile.Name", "TEXT(Status__c)", "Email"]
LITERALS = ['"a"', '"b"', '"ab"', '""', '"Active"', '"News"', '"alex@example.com"', '"12"']
NUMBERS = [
    "Score__c",
    "Other_Score__c",
    "Share__c",
    "0",
    "1",
    "2.5",
    "-3",
    "LEN(Code__c)",
    "YEAR(Start__c)",
    "MONTH(TODAY())",
]
DATES = ["Start__c", "End__c", "TODAY()", "DATE(2024,2,29)", "Birthdate", "DATEVALUE(Seen__c)", "DATEVALUE(NOW())"]
MOMENTS = ["Seen__c", "CreatedDate", "NOW()", "LastModifiedDate"]
ORDERS = ["=", "<>", "<", "<=", ">", ">="]
SETTINGS = settings(deadline=None)


def _binary(operand: st.SearchStrategy[str], operators: list[str]) -> st.SearchStrategy[str]:
    return st.tuples(operand, st.sampled_from(operators), operand).map(lambda parts: f"({' '.join(parts)})")


def _calls(names: list[str], *operands: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(names), st.tuples(*operands)).map(lambda call: f"{call[0]}({', '.join(call[1])})")


def _completed(call: str) -> str:
    name, _, rest = call.partition("(")
    if name == "VALUE":
        return f"VALUE(TEXT({rest})"
    return f"{name}({rest[:-1]}, 1)" if name in ("BLANKVALUE", "MAX") else call


texts = st.recursive(
    st.sampled_from([*TEXTS, *LITERALS]),
    lambda inner: (
        _calls(["UPPER", "LOWER", "TRIM"], inner)
        | _calls(["LEFT", "RIGHT"], inner, st.sampled_from(["0", "1", "2", "Score__c"]))
        | _calls(["BLANKVALUE"], inner, inner)
        | _binary(inner, ["&"])
        | _calls(["IF"], st.sampled_from(BOOLEANS), inner, inner)
    ),
    max_leaves=3,
)
numbers = st.recursive(
    st.sampled_from(NUMBERS),
    lambda inner: (
        _binary(inner, ["+", "-", "*", "/"])
        | _calls(["ABS", "FLOOR", "VALUE", "BLANKVALUE", "MAX"], inner).map(_completed)
        | _calls(
            ["CASE"], st.sampled_from(TEXTS), st.sampled_from(LITERALS), inner, st.sampled_from(LITERALS), inner, inner
        )
    ),
    max_leaves=4,
)
dates = st.recursive(
    st.sampled_from(DATES),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-"]), st.sampled_from(["1", "30", "Score__c", "0.5"])).map(
            lambda parts: f"({' '.join(parts)})"
        )
        | _calls(["ADDMONTHS"], inner, st.sampled_from(["1", "-1"]))
    ),
    max_leaves=3,
)


atoms = st.one_of(
    st.sampled_from([*BOOLEANS, *CHANGES]),
    _calls(["ISBLANK"], st.one_of(texts, numbers, dates)),
    _binary(texts, ["=", "<>"]),
    _binary(numbers, ORDERS),
    _binary(dates, ORDERS),
    _binary(st.sampled_from(MOMENTS), ORDERS),
    _calls(["CONTAINS", "BEGINS"], texts, st.sampled_from(LITERALS)),
    st.sampled_from(
        ['REGEX(Code__c, "[a-z]{2}")', 'INCLUDES(Topics__c, "News")', "ISNUMBER(Code__c)", "VALUE(Code__c) > 1"]
    ),
    st.sampled_from([*STATUSES, "", "None"]).map(lambda word: f'ISPICKVAL(Status__c, "{word}")'),
    st.tuples(dates, dates, numbers).map(lambda parts: f"({parts[0]} - {parts[1]} > {parts[2]})"),
)
formulas = st.recursive(
    atoms,
    lambda inner: (
        _calls(["AND", "OR"], inner, inner)
        | _calls(["AND", "OR"], inner, inner, inner)
        | _calls(["NOT"], inner)
        | _calls(["IF"], inner, inner, inner)
    ),
    max_leaves=6,
)


def _asked(formula: str, *, opt_out: bool, fixed: dict[str, Value] | None = None) -> Decision:
    interner = Interner()
    return decide(lowered(formula, interner), (), scenario(opt_out=opt_out, fixed=fixed), CONTACT, interner)


def _value(field: Field, random: Random) -> Value:
    known = CONTACT.field(field.path)
    required = known is not None and known.required and len(field.path) == 1
    if field.type is not Type.BOOLEAN and not required and random.random() < 0.3:
        return None
    match field.type:
        case Type.BOOLEAN:
            return random.random() < 0.5
        case Type.NUMBER:
            return Decimal(random.choice([-3, 0, 1, 2, 3, 40, 250, 999_999]))
        case Type.DATE:
            return date(2024, 2, 29) + timedelta(days=random.choice([-31, -1, 0, 1, 30, 500]))
        case Type.DATETIME:
            return datetime(2024, 2, 29, 23, 30, tzinfo=UTC) + timedelta(hours=random.choice([-40, -1, 0, 1, 12, 8000]))
        case _:
            if known is not None and known.restricted:
                return random.choice(known.values)
            word = random.choice(
                ["a", "b", "ab", "AB", "a b", "Active", "News", "12", "alex@example.com", "News;Offers", " "]
            )
            return word if known is None or known.length is None else word[: known.length]


def random_world(guard_nodes: list[object], opt_out: bool, random: Random) -> World:
    """Return an update of a record that the schema allows, with a value for every node that reads one."""
    after: dict[tuple[str, ...], Value] = {}
    changed: dict[tuple[str, ...], Value] = {}
    globals_: dict[str, Value] = {}
    frees: dict[Free, Value] = {}
    for node in guard_nodes:
        match node:
            case Field(path=path):
                kept = after.setdefault(path, _value(node, random))
                changed[path] = _value(node, random) if path == ("LastModifiedDate",) else kept
            case Global(name=name, type=type_):
                globals_[name] = random.random() < 0.5 if type_ is Type.BOOLEAN else random.choice(["a", "Active"])
            case Free():
                frees[node] = random.random() < 0.5
            case _:
                pass
    if after.get(("AccountId",), "") is None:
        for path in [path for path in after if path[0] == "Account"]:
            after[path] = changed[path] = False if path[-1] == "Blocked__c" else None
    after[BOX,], changed[BOX,] = opt_out, not opt_out
    now = datetime(2024, 2, 29, 12, tzinfo=UTC) + timedelta(hours=random.choice([-400, -13, 0, 13, 9000]))
    return World(after, changed, globals=globals_, frees=frees, now=now)


@SETTINGS
@given(formulas, st.booleans(), st.randoms(use_true_random=False))
def test_a_verdict_holds_for_every_record(formula: str, opt_out: bool, random: Random) -> None:
    """`never` is never TRUE and `always` always, on records that the schema allows."""
    decision = _asked(formula, opt_out=opt_out)
    interner = Interner()
    guard = lowered(formula, interner)
    for _ in range(6):
        world = random_world(list(nodes(guard)), opt_out, random)
        try:
            value = evaluate(guard, world)
        except FormulaError:
            assert decision.verdict not in (Verdict.ALWAYS, Verdict.NEVER), (formula, world)
            continue
        if value is True:
            assert decision.verdict is not Verdict.NEVER, (formula, world)
        else:
            assert decision.verdict is not Verdict.ALWAYS, (formula, world)
            assert not decision.reason.startswith("Every"), (formula, world)


@SETTINGS
@given(formulas, st.booleans())
def test_a_witness_makes_the_guard_true(formula: str, opt_out: bool) -> None:
    """The evaluator agrees with every witness, and with what it says of the record saved unchanged."""
    interner = Interner()
    guard = lowered(formula, interner)
    decision = decide(guard, (), scenario(opt_out=opt_out), CONTACT, interner)
    if decision.verdict in (Verdict.ALWAYS, Verdict.SOMETIMES):
        assert decision.world is not None
        assert evaluate(guard, decision.world) is True
        assert decision.world.prior is not None
        assert decision.world.after[BOX,] is opt_out
        assert decision.world.prior[BOX,] is not opt_out
        if decision.reach is Reach.TARGETED:
            after = {**decision.world.after, (BOX,): not opt_out}
            unchanged = World(
                after,
                decision.world.prior,
                globals=decision.world.globals,
                frees=decision.world.frees,
                now=decision.world.now,
            )
            assert _truth(formula, guard, unchanged) is not True


def _truth(formula: str, guard: object, world: World) -> Value:
    try:
        return evaluate(guard, world)  # type: ignore[arg-type]
    except FormulaError:
        return None


@SETTINGS
@given(formulas, st.booleans())
def test_incidental_means_that_any_update_is_blocked(formula: str, opt_out: bool) -> None:
    """A proved `incidental` rule that mentions the box is TRUE for its witness when nothing changes, too."""
    interner = Interner()
    guard = lowered(formula, interner)
    decision = decide(guard, (), scenario(opt_out=opt_out), CONTACT, interner)
    if decision.reach is Reach.INCIDENTAL and decision.reach_proved:
        assert decision.world is not None
        box = (BOX,)
        after = {**decision.world.after, box: not opt_out}
        world = World(
            after,
            decision.world.prior,
            globals=decision.world.globals,
            frees=decision.world.frees,
            now=decision.world.now,
        )
        assert evaluate(guard, world) is True


@SETTINGS
@given(formulas, st.booleans(), st.booleans())
def test_knowledge_never_makes_a_harmless_guard_harmful(formula: str, opt_out: bool, bypass: bool) -> None:
    """A value that is fixed is one of those that were free."""
    if _asked(formula, opt_out=opt_out).verdict is Verdict.NEVER:
        fixed: dict[str, Value] = {"$Permission.Bypass": bypass, "$Profile.Name": "Active"}
        assert _asked(formula, opt_out=opt_out, fixed=fixed).verdict is Verdict.NEVER


@SETTINGS
@given(formulas)
def test_the_same_question_gets_the_same_answer(formula: str) -> None:
    """Nothing depends on the order of a set, on a clock, or on what was asked before."""
    first, second = _asked(formula, opt_out=True), _asked(formula, opt_out=True)
    assert (first.verdict, first.reach, first.nodes, first.reason) == (
        second.verdict,
        second.reach,
        second.nodes,
        second.reason,
    )
    if first.world is not None:
        assert second.world is not None
        assert (first.world.after, first.world.globals, first.world.now) == (
            second.world.after,
            second.world.globals,
            second.world.now,
        )
