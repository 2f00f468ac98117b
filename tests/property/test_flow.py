"""Laws of flows: a run, by whichever interpreter, ends inside what the compiled guards and effects predict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import assume, event, given
from hypothesis import strategies as st

from sfoptlint.automation.automation import Automation, Block, Unknown, Write
from sfoptlint.automation.flow.compile import compile_flow
from sfoptlint.automation.flow.run import Moment, Saved, run_flow
from sfoptlint.automation.flow.start import trigger_of
from sfoptlint.automation.flow.state import State, merged
from sfoptlint.core.expr import AFTER, Expr, Field, Free, FreeKind, Interner, RecordKind, RecordRef, Type, Value, nodes
from sfoptlint.core.logic import not_
from sfoptlint.decide.opaque import readings
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World
from sfoptlint.model.objects import Objects
from tests.automation.flow.asking import PATH
from tests.automation.flow.programs import LATER, MOST_ROWS, WORDS, Find, Interpreter, Row, Statement, programs, written
from tests.memory_orgs import project

NOW = Moment(datetime(2026, 6, 1, tzinfo=UTC), UTC)


def records() -> st.SearchStrategy[Row]:
    words = st.sampled_from(WORDS)
    return st.fixed_dictionaries(
        {
            "Id": st.just("003"),
            "HasOptedOutOfEmail": st.booleans(),
            "DoNotCall": st.booleans(),
            "Title": words,
            "Department": words,
        }
    )


def cases() -> st.SearchStrategy[list[Row]]:
    case: st.SearchStrategy[Row] = st.fixed_dictionaries({"IsClosed": st.booleans(), "Status": st.sampled_from(WORDS)})
    return st.lists(case, max_size=MOST_ROWS)


@dataclass
class Answers:
    """The same rows for every query; nothing fails."""

    found: Sequence[Row]

    def rows(
        self, _place: str, _object: str, _matches: Callable[[Mapping[str, Value]], bool]
    ) -> Sequence[Mapping[str, Value]]:
        return self.found

    def value(self, place: str, _type: Type, _text: str) -> Value:
        raise AssertionError(f"nothing asks for {place}")

    def of_org(self, name: str) -> Value:
        raise AssertionError(f"nothing asks for {name}")

    def fails(self, _place: str) -> bool:
        return False


@dataclass
class Case:
    """A program, a record before and after, and rows."""

    program: tuple[Statement, ...]
    stored: Row
    saved: Row
    rows: list[Row]
    before: bool

    def interpreted(self) -> Interpreter:
        one = Interpreter(self.stored, self.saved, self.rows, self.before)
        one.run(self.program)
        return one

    def compiled(self, interner: Interner) -> Automation:
        tree = project({PATH: written(self.program, before=self.before)})
        (only,) = tree.flows()
        trigger = trigger_of(only)
        assert trigger is not None
        return compile_flow(only, trigger, "", Objects(tree), interner, lambda _: None)

    def ran(self) -> list[object]:
        tree = project({PATH: written(self.program, before=self.before)})
        (only,) = tree.flows()
        trigger = trigger_of(only)
        assert trigger is not None
        stored, saved = _paths(self.stored), _paths(self.saved)
        happened = run_flow(only, trigger, stored, saved, Answers(self.rows), NOW, Objects(tree), lambda _: None)
        return [one.do for one in happened]

    def world(self, automation: Automation) -> World:
        guards = [effect.guard for effect in automation.effects]
        values = [effect.do.value for effect in automation.effects if isinstance(effect.do, Write)]
        frees: dict[Free, Value] = {}
        rows: dict[RecordRef, Mapping[tuple[str, ...], Value]] = {}
        for node in nodes(*guards, *values):
            match node:
                case Free(kind=FreeKind.FOUND):
                    frees[node] = len(self.rows) > _number(node.name)
                case Field(record=record) if record.kind is RecordKind.ROW:
                    number = _number(record.key)
                    rows[record] = _paths(
                        self.rows[number] if number < len(self.rows) else {"IsClosed": None, "Status": None}
                    )
        return World(_paths(self.saved), _paths(self.stored), rows, frees=frees, now=NOW.now)


def _paths(row: Row) -> dict[tuple[str, ...], Value]:
    return {(name,): value for name, value in row.items()}


def _number(key: str) -> int:
    _, bracket, number = key.rpartition("[")
    return int(number[:-1]) if bracket else 0


@st.composite
def flow_cases(draw: st.DrawFn) -> Case:
    stored = draw(records())
    box = not stored["HasOptedOutOfEmail"]
    return Case(draw(programs()), stored, {**stored, "HasOptedOutOfEmail": box}, draw(cases()), draw(st.booleans()))


def possible(guard: Expr, world: World, interner: Interner) -> tuple[bool, bool]:
    """Whether the guard can hold, and can fail, over the values of what is not exact; both where they are too many."""
    found = readings(tuple(nodes(guard)), tuple(nodes(guard)), interner)
    if found is None:
        return True, True
    held = [evaluate(reading.guard, world) is True for reading in found]
    return any(held), not all(held)


@given(flow_cases())
def test_a_run_ends_inside_what_was_compiled(case: Case) -> None:
    interner = Interner()
    automation = case.compiled(interner)
    assert not any(isinstance(effect.do, Unknown) for effect in automation.effects)
    world, one = case.world(automation), case.interpreted()
    blocks = [possible(e.guard, world, interner) for e in automation.effects if isinstance(e.do, Block)]
    event("blocked" if one.blocked else "saved")
    if one.blocked:
        assert any(can for can, _ in blocks)
    else:
        assert all(may_not for _, may_not in blocks)
    writes = [(possible(e.guard, world, interner), e.do.value) for e in automation.effects if isinstance(e.do, Write)]
    exact = len(case.rows) <= LATER and all(can is not may_not for (can, may_not), _ in writes)
    if one.blocked or not exact:
        return
    last = [value for (can, _), value in writes if can][-1:]
    assert (evaluate(last[0], world) if last else case.saved["HasOptedOutOfEmail"]) == one.box


@given(flow_cases())
def test_the_walk_runs_a_flow_as_the_interpreter_does(case: Case) -> None:
    one, happened = case.interpreted(), case.ran()
    assert any(isinstance(do, Block) for do in happened) is one.blocked
    if one.blocked:
        return
    boxes = [
        do.fields["HasOptedOutOfEmail"]
        for do in happened
        if isinstance(do, Saved) and "HasOptedOutOfEmail" in do.fields
    ]
    assert (boxes[-1] if boxes else case.saved["HasOptedOutOfEmail"]) == one.box


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=6), st.integers(0, 15), st.data())
def test_merging_keeps_every_way_with_its_values(ways: list[tuple[int, bool]], truth: int, data: st.DataObject) -> None:
    interner = Interner()
    switches = [interner.field(AFTER, (f"F{n}__c",), Type.BOOLEAN) for n in range(4)]
    world = World({node.path: bool(truth >> n & 1) for n, node in enumerate(switches)}, {})
    states, left = [], State((), {})
    for number, (switch, wanted) in enumerate(ways):
        guard = switches[switch] if wanted else not_(switches[switch], interner)
        taken, rest = left.under(guard, interner), left.under(not_(guard, interner), interner)
        if taken is not None:
            states.append(taken.having("x", interner.const(str(number), Type.TEXT)))
        if rest is None:
            break
        left = rest
    assume(states)
    joined = merged(data.draw(st.permutations(states)), interner, lambda one, name: interner.const(None, Type.TEXT))
    here = [state for state in states if evaluate(state.guard(interner), world) is True]
    assert (evaluate(joined.guard(interner), world) is True) is bool(here)
    for state in here:
        value, kept = joined.values["x"], state.values["x"]
        assert isinstance(value, Expr)
        assert isinstance(kept, Expr)
        assert evaluate(value, world) == evaluate(kept, world)


def test_a_program_that_asks_for_a_row_first_is_among_them() -> None:
    case = Case((Find(),), {"Id": "003"}, {"Id": "003", "HasOptedOutOfEmail": True}, [], before=False)
    assert case.interpreted().box is True
