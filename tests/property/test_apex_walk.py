"""A program that the analysis calls harmless does no harm: held against an interpreter of its own for small triggers.

The interpreter knows nothing of guards: it runs one program on one record, and says whether the save is rejected and what
the box ends as.
"""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, Effect, Verdict
from sfoptlint.judge.apex_family import judge
from tests.memory_orgs import project

FIELDS = {
    "A__c": "<type>Text</type><length>20</length>",
    "Flag__c": "<type>Checkbox</type><defaultValue>false</defaultValue>",
}
FIELD = '<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>{0}</fullName><label>x</label>{1}</CustomField>'
BOX = "HasOptedOutOfEmail"
Record = dict[str, bool | str | None]


class StopError(Exception):
    """An exception of the program."""


class LeaveError(Exception):
    """A `return`."""


@dataclass
class Machine:
    """One record on its way through the program."""

    new: Record
    old: Record
    flag: bool = False
    gathered: int = 0
    rejected: bool = False
    static: bool = False
    noted: set[str | None] = field(default_factory=set)


def holds(condition: tuple, m: Machine) -> bool:  # type: ignore[type-arg]  # noqa: C901, PLR0911, PLR0912 - one arm for each kind
    match condition:
        case ("new", name):
            return bool(m.new[name])
        case ("old", name):
            return bool(m.old[name])
        case ("is", value):
            return text_equal(m.new["A__c"], value)
        case ("changed", name):
            return not text_equal(m.new[name], m.old[name])
        case ("null",):
            return m.new["A__c"] is None
        case ("flag",):
            return m.flag
        case ("gathered",):
            return m.gathered > 0
        case ("static",):
            return m.static
        case ("noted",):
            return m.new["A__c"] in m.noted
        case ("call", inner):
            return holds(inner, m)
        case ("not", inner):
            return not holds(inner, m)
        case ("and", one, other):
            return holds(one, m) and holds(other, m)
        case ("or", one, other):
            return holds(one, m) or holds(other, m)
        case ("long",):
            value = m.new["A__c"]
            if value is None:
                raise StopError
            return len(str(value)) > 1
    raise AssertionError(condition)


def text_equal(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return one == other


def run(statement: tuple, m: Machine) -> None:  # type: ignore[type-arg]  # noqa: C901, PLR0912 - one arm for each kind
    match statement:
        case ("block", statements):
            for inner in statements:
                run(inner, m)
        case ("if", condition, yes, no):
            run(yes if holds(condition, m) else no, m)
        case ("error",):
            m.rejected = True
        case ("throw",):
            raise StopError
        case ("return",):
            raise LeaveError
        case ("try", body, caught):
            try:
                run(body, m)
            except StopError:
                run(caught, m)
        case ("set", name, value):
            m.new[name] = m.new["Flag__c"] if value == "copy" else value
        case ("flag", value):
            m.flag = value
        case ("gather",):
            m.gathered += 1
        case ("clear",):
            m.gathered = 0
        case ("static", value):
            m.static = value
        case ("note",):
            m.noted.add(m.new["A__c"])  # type: ignore[arg-type]
        case ("for", body):
            for _ in range(m.gathered):
                run(body, m)
        case ("twice", body):
            for _ in range(2):
                run(body, m)
        case ("call", body):
            run(body, m)
        case ("finally", body, last):
            try:
                run(body, m)
            finally:
                run(last, m)


def condition_text(condition: tuple) -> str:  # type: ignore[type-arg]  # noqa: C901, PLR0911 - one arm for each kind
    match condition:
        case ("new" | "old" as which, name):
            return f"{which}One.{name}"
        case ("is", value):
            return f"newOne.A__c == '{value}'"
        case ("changed", name):
            return f"newOne.{name} != oldOne.{name}"
        case ("null",):
            return "newOne.A__c == null"
        case ("flag",):
            return "seen"
        case ("gathered",):
            return "!gathered.isEmpty()"
        case ("static",):
            return "Once.done"
        case ("noted",):
            return "noted.containsKey(newOne.A__c)"
        case ("call", inner):
            return f"({condition_text(inner)} ? Once.yes() : Once.no())"
        case ("not", inner):
            return f"!({condition_text(inner)})"
        case ("and" | "or" as op, one, other):
            return f"({condition_text(one)} {'&&' if op == 'and' else '||'} {condition_text(other)})"
        case ("long",):
            return "newOne.A__c.length() > 1"
    raise AssertionError(condition)


def literal(value: object) -> str:
    if value is None:
        return "null"
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def own(name: str, body: tuple) -> str:  # type: ignore[type-arg]
    """Return a name that no statement inside declares: Apex refuses a variable of a name that is visible already."""
    return f"{name}{len(str(body))}"


def statement_text(statement: tuple) -> str:  # type: ignore[type-arg]  # noqa: C901, PLR0911, PLR0912 - one arm for each kind
    match statement:
        case ("block", statements):
            return "{" + " ".join(map(statement_text, statements)) + "}"
        case ("if", condition, yes, no):
            return f"if ({condition_text(condition)}) {statement_text(yes)} else {statement_text(no)}"
        case ("error",):
            return "newOne.addError('No.');"
        case ("throw",):
            return "throw new CalloutException('No.');"
        case ("return",):
            return "return;"
        case ("try", body, caught):
            return f"try {statement_text(body)} catch (Exception {own('problem', caught)}) {statement_text(caught)}"
        case ("set", name, value):
            return f"newOne.{name} = {'newOne.Flag__c' if value == 'copy' else literal(value)};"
        case ("flag", value):
            return f"seen = {literal(value)};"
        case ("gather",):
            return "gathered.add(newOne);"
        case ("clear",):
            return "gathered.clear();"
        case ("static", value):
            return f"Once.done = {literal(value)};"
        case ("note",):
            return "noted.put(newOne.A__c, newOne);"
        case ("for", body):
            return f"for (Contact {own('one', body)} : new List<Contact>(gathered)) {statement_text(body)}"
        case ("twice", body):
            i = own("i", body)
            return f"for (Integer {i} = 0; {i} < 2; {i}++) {statement_text(body)}"
        case ("call", body):
            return f"if (new Once().same(newOne).Id == newOne.Id) {statement_text(body)}"
        case ("finally", body, last):
            return f"try {statement_text(body)} finally {statement_text(last)}"
    raise AssertionError(statement)


atoms = st.one_of(
    st.tuples(st.sampled_from(["new", "old"]), st.sampled_from([BOX, "Flag__c"])),
    st.tuples(st.just("is"), st.sampled_from(["a", "B"])),
    st.tuples(st.just("changed"), st.sampled_from([BOX, "A__c", "Flag__c"])),
    st.sampled_from([("null",), ("flag",), ("gathered",), ("long",), ("static",), ("noted",)]),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["not", "call"]), inner), st.tuples(st.sampled_from(["and", "or"]), inner, inner)
    ),
    max_leaves=4,
)
steps = st.one_of(
    st.sampled_from([("error",), ("throw",), ("return",), ("gather",), ("clear",), ("note",)]),
    st.tuples(st.just("set"), st.just(BOX), st.sampled_from([True, False, "copy"])),
    st.tuples(st.just("set"), st.just("A__c"), st.sampled_from([None, "a", "long"])),
    st.tuples(st.just("set"), st.just("Flag__c"), st.booleans()),
    st.tuples(st.sampled_from(["flag", "static"]), st.booleans()),
)


calm = steps.filter(lambda step: step[0] not in {"throw", "return"})
"""What can stand in a `finally`: what leaves it for good is not this test's subject."""


def blocks(inner: st.SearchStrategy[tuple]) -> st.SearchStrategy[tuple]:  # type: ignore[type-arg]
    return st.lists(inner, max_size=3).map(lambda found: ("block", tuple(found)))


statements = st.recursive(
    steps,
    lambda inner: st.one_of(
        st.tuples(st.just("if"), conditions, blocks(inner), blocks(inner)),
        st.tuples(st.just("try"), blocks(inner), blocks(inner)),
        st.tuples(st.sampled_from(["for", "twice", "call"]), blocks(inner)),
        st.tuples(st.just("finally"), blocks(inner), blocks(calm)),
    ),
    max_leaves=8,
)
programs = st.lists(statements, min_size=1, max_size=4).map(lambda found: ("block", tuple(found)))
worlds = st.tuples(st.sampled_from([None, "a", "A", "b", "zz"]), st.booleans())
HEAD = "trigger T on Contact (before update) { Boolean seen = false; List<Contact> gathered = new List<Contact>(); "
HEAD += "Map<String, Contact> noted = new Map<String, Contact>(); "
ONCE = """public class Once {
    public static Boolean done = false;
    public static Boolean yes() { return true; }
    public static Boolean no() { if (yes()) { return false; } return true; }
    public Contact same(Contact one) { Contact other = one; return other; }
}"""
LOOP = "for (Contact newOne : Trigger.new) { Contact oldOne = Trigger.oldMap.get(newOne.Id); "


@given(programs, st.lists(worlds, min_size=1, max_size=6))
def test_what_is_called_harmless_does_no_harm(program: tuple, found: list[tuple[str | None, bool]]) -> None:  # type: ignore[type-arg]
    files = {"triggers/T.trigger": f"{HEAD}{LOOP}{statement_text(program)} }} }}"}
    files["classes/Once.cls"] = ONCE
    for name, type_ in FIELDS.items():
        files[f"objects/Contact/fields/{name}.field-meta.xml"] = FIELD.format(name, type_)
    rows = {(r.direction, r.effect): r.verdict for j in judge(project(files), Settings()) for r in j.rows}
    for direction, before in ((Direction.OPT_OUT, False), (Direction.OPT_IN, True)):
        for text, flag in found:
            stored: Record = {BOX: before, "A__c": text, "Flag__c": flag}
            rejected, box = outcome(program, {**stored, BOX: not before}, stored)
            block, revert = rows[direction, Effect.BLOCK], rows[direction, Effect.REVERT]
            assert not (rejected and block is Verdict.NEVER), files["triggers/T.trigger"]
            assert not (not rejected and block is Verdict.ALWAYS), files["triggers/T.trigger"]
            lost = not rejected and box is before
            assert not (lost and revert is Verdict.NEVER), files["triggers/T.trigger"]
            assert not (not lost and revert is Verdict.ALWAYS), files["triggers/T.trigger"]


def outcome(program: tuple, new: Record, old: Record) -> tuple[bool, object]:  # type: ignore[type-arg]
    """Return whether the save is rejected, and what the box is at its end."""
    m = Machine(new, old)
    try:
        run(program, m)
    except StopError:
        return True, m.new[BOX]
    except LeaveError:
        pass
    return m.rejected, m.new[BOX]
