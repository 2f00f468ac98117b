"""What a loop over rows gathers, counts and remembers: no program that rejects a record is called harmless.

The interpreter goes round each loop row by row; the programs count, gather in sets, maps and lists, remember the row before, and
ask for several keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Effect, Verdict
from sfoptlint.judge.apex_family import judge
from tests.memory_orgs import project

FIELD = """<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>A__c</fullName><label>x</label>
<type>Text</type><length>20</length></CustomField>"""
QUERY = "[SELECT Id, Name, NumberOfEmployees FROM Account]"
HEAD = """trigger T on Contact (before update) {
    Contact c = Trigger.new[0];
    Integer n = 0; Integer k = 0; Boolean f = false; Boolean g = false; String last = null; Account kept = null;
    Set<String> names = new Set<String>(); List<Integer> found = new List<Integer>();
    Map<String, Integer> counts = new Map<String, Integer>(); Map<String, Account> rows = new Map<String, Account>();
"""


@dataclass(frozen=True)
class Row:
    """An account."""

    name: str
    number: int


@dataclass
class Machine:
    """The variables of one run; `at` are the rows of the loops around, the innermost last."""

    text: str
    rows: tuple[Row, ...]
    n: int = 0
    k: int = 0
    f: bool = False
    g: bool = False
    last: str | None = None
    kept: Row | None = None
    names: set[str] = field(default_factory=set)
    found: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, Row] = field(default_factory=dict)
    at: list[Row] = field(default_factory=list)
    rejected: bool = False


@dataclass(frozen=True)
class Part:
    """A condition or a statement: its Apex, and what it does. `x` in the text is the row of the innermost loop."""

    text: str
    run: Callable[[Machine], object]


class LeaveError(Exception):
    """A `break` or a `continue`."""


def count(m: Machine, key: str) -> None:
    m.counts[key] = m.counts.get(key, 0) + 1


def counting(key: str) -> str:
    return f"counts.put({key}, counts.containsKey({key}) ? counts.get({key}) + 1 : 1);"


def setting(**values: object) -> Callable[[Machine], object]:
    def run(m: Machine) -> None:
        for name, value in values.items():
            setattr(m, name, value)

    return run


def of_each(text: str, run: Callable[[Machine, str], object]) -> list[Part]:
    """Return a part for each of two names, and one for the record's own."""
    known = [Part(text.replace("KEY", f"'{key}'"), lambda m, key=key: run(m, key)) for key in "ab"]  # type: ignore[misc]
    return [*known, Part(text.replace("KEY", "c.A__c"), lambda m: run(m, m.text))]


CONDITIONS = [
    Part("f", lambda m: m.f),
    Part("g", lambda m: m.g),
    *(Part(f"n == {i}", lambda m, i=i: m.n == i) for i in range(3)),  # type: ignore[misc]
    Part("n > 2", lambda m: m.n > 2),
    Part("k == 1", lambda m: m.k == 1),
    Part("found.size() == 2", lambda m: len(m.found) == 2),
    Part("!found.isEmpty()", lambda m: bool(m.found)),
    Part("names.size() > 1", lambda m: len(m.names) > 1),
    *of_each("names.contains(KEY)", lambda m, key: key in m.names),
    *of_each("counts.get(KEY) == 2", lambda m, key: m.counts.get(key) == 2),
    *of_each("rows.containsKey(KEY)", lambda m, key: key in m.by_name),
    *of_each(
        "(rows.containsKey(KEY) && rows.get(KEY).NumberOfEmployees == 1)",
        lambda m, key: key in m.by_name and m.by_name[key].number == 1,
    ),
    *of_each("last == KEY", lambda m, key: m.last == key),
    Part("(kept != null && kept.NumberOfEmployees == 1)", lambda m: m.kept is not None and m.kept.number == 1),
    Part("(kept != null && kept.Name == c.A__c)", lambda m: m.kept is not None and m.kept.name == m.text),
]
OF_ROW = [
    *of_each("x.Name == KEY", lambda m, key: m.at[-1].name == key),
    Part("x.NumberOfEmployees == 1", lambda m: m.at[-1].number == 1),
    Part("names.contains(x.Name)", lambda m: m.at[-1].name in m.names),
    Part("counts.get(x.Name) == 1", lambda m: m.counts.get(m.at[-1].name) == 1),
    Part("last == x.Name", lambda m: m.last == m.at[-1].name),
]
STEPS = [
    Part("c.addError('No.');", setting(rejected=True)),
    Part("f = true;", setting(f=True)),
    Part("f = false;", setting(f=False)),
    Part("g = f;", lambda m: setattr(m, "g", m.f)),
    Part("f = !f;", lambda m: setattr(m, "f", not m.f)),
    Part("n++;", lambda m: setattr(m, "n", m.n + 1)),
    Part("n = 0;", setting(n=0)),
    Part("k = n;", lambda m: setattr(m, "k", m.n)),
    Part("n = k;", lambda m: setattr(m, "n", m.k)),
    Part("found.add(1);", lambda m: m.found.append(1)),
    Part("found.clear();", lambda m: m.found.clear()),
    Part("names.clear();", lambda m: m.names.clear()),
    *of_each("names.add(KEY);", lambda m, key: m.names.add(key)),
    *of_each("names.remove(KEY);", lambda m, key: m.names.discard(key)),
    *of_each(counting("KEY"), count),
]
WITH_ROW = [
    Part("names.add(x.Name);", lambda m: m.names.add(m.at[-1].name)),
    Part("rows.put(x.Name, x);", lambda m: m.by_name.update({m.at[-1].name: m.at[-1]})),
    Part(counting("x.Name"), lambda m: count(m, m.at[-1].name)),
    Part("last = x.Name;", lambda m: setattr(m, "last", m.at[-1].name)),
    Part("kept = x;", lambda m: setattr(m, "kept", m.at[-1])),
    Part("n = x.NumberOfEmployees;", lambda m: setattr(m, "n", m.at[-1].number)),
]


def leave(kind: str) -> Part:
    def run(m: Machine) -> None:
        raise LeaveError(kind)

    return Part(f"if (true) {{ {kind}; }}", run)


def negated(part: Part) -> Part:
    return Part(f"!({part.text})", lambda m: not part.run(m))


def both(one: Part, other: Part) -> Part:
    return Part(f"({one.text} && {other.text})", lambda m: one.run(m) and other.run(m))


def block(parts: list[Part]) -> Part:
    def run(m: Machine) -> None:
        for part in parts:
            part.run(m)

    return Part("{ " + " ".join(part.text for part in parts) + " }", run)


def when(condition: Part, yes: Part) -> Part:
    def run(m: Machine) -> None:
        if condition.run(m):
            yes.run(m)

    return Part(f"if ({condition.text}) {yes.text}", run)


def loop(body: Part) -> Part:
    def run(m: Machine) -> None:
        for row in m.rows:
            m.at.append(row)
            try:
                body.run(m)
            except LeaveError as left:
                if str(left) == "break":
                    break
            finally:
                m.at.pop()

    name = f"x{len(body.text)}"
    text = body.text.replace("(x.", f"({name}.").replace(" x.", f" {name}.").replace(", x)", f", {name})")
    return Part(f"for (Account {name} : {QUERY}) {text.replace('= x;', f'= {name};')}", run)


def conditions(parts: list[Part]) -> st.SearchStrategy[Part]:
    plain = st.sampled_from(parts)
    return st.one_of(plain, plain.map(negated), st.builds(both, plain, plain))


def statements(depth: int) -> st.SearchStrategy[Part]:
    """Return statements that stand in so many loops."""
    inside = depth > 0
    own = conditions([*CONDITIONS, *OF_ROW] if inside else CONDITIONS)
    steps = [*STEPS, *WITH_ROW, leave("break"), leave("continue")] if inside else STEPS
    step = st.sampled_from(steps)
    plain = st.one_of(step, st.builds(when, own, st.lists(step, min_size=1, max_size=2).map(block)))
    if depth == 2:
        return plain
    body = st.lists(statements(depth + 1), min_size=1, max_size=4).map(block)
    return st.one_of(plain, plain, body.map(loop)) if inside else st.one_of(plain, body.map(loop), body.map(loop))


LAST = st.builds(when, conditions(CONDITIONS), st.just(STEPS[0]))
PROGRAMS = st.builds(lambda parts, last: block([*parts, last]), st.lists(statements(0), min_size=1, max_size=3), LAST)
KINDS = [Row(name, number) for name in "ab" for number in (0, 1)]
ROWS = [rows for size in range(4) for rows in product(KINDS, repeat=size)]


@given(PROGRAMS)
def test_no_program_that_rejects_a_record_is_called_harmless(program: Part) -> None:
    files = {"triggers/T.trigger": HEAD + program.text + "\n}", "objects/Contact/fields/A__c.field-meta.xml": FIELD}
    verdicts = {
        row.verdict for one in judge(project(files), Settings()) for row in one.rows if row.effect is Effect.BLOCK
    }
    for text, rows in product("ab", ROWS):
        m = Machine(text, rows)
        program.run(m)
        assert not (m.rejected and Verdict.NEVER in verdicts), (text, rows, files["triggers/T.trigger"])
        assert not (not m.rejected and Verdict.ALWAYS in verdicts), (text, rows, files["triggers/T.trigger"])
