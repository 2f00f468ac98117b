"""Random flows, and a small interpreter of their own: it shares nothing with the walk but the evaluator's primitives.

A program is a sequence of statements. `written` gives it as a flow's file; `interpret` says what it does to one record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.primitives import blank, less, less_equal, same
from tests.flow_files import assignment, decision, error, flow, get, loop, start, update, variable

Row = dict[str, Value]
MOST_ROWS = 3
LATER = 2
"""Rounds of a loop from this one on are compiled together."""


@dataclass(frozen=True)
class Condition:
    """`left` is `field`, `prior`, `variable` or `row`, with the name after a blank; `right` is a literal."""

    left: str
    operator: str
    right: Value


@dataclass(frozen=True)
class Set:
    """A variable or field of `$Record` gets a literal, or what another one holds."""

    target: str
    value: Value
    copied: str = ""
    adds: bool = False


@dataclass(frozen=True)
class If:
    """Outcomes with their conditions and blocks, in order, and the block where none is met."""

    outcomes: tuple[tuple[tuple[Condition, ...], bool, tuple["Statement", ...]], ...]
    otherwise: tuple["Statement", ...]


@dataclass(frozen=True)
class Find:
    """The first row of a query."""


@dataclass(frozen=True)
class Each:
    """All rows of a query, one after the other; `row` in the body is the one at hand."""

    body: tuple["Statement", ...]


@dataclass(frozen=True)
class Save:
    """`$Record` is saved as it is."""


@dataclass(frozen=True)
class Stop:
    """A custom error."""


@dataclass(frozen=True)
class End:
    """The flow ends."""


Statement = Set | If | Find | Each | Save | Stop | End

FIELDS = ("HasOptedOutOfEmail", "DoNotCall", "Title", "Department")
BOOLEANS = ("HasOptedOutOfEmail", "DoNotCall", "flag")
WORDS = ("Gold", "silver", None)
VARIABLES = {"flag": "Boolean", "word": "String", "number": "Number"}


def conditions(rows: bool) -> st.SearchStrategy[Condition]:
    booleans = [f"{of} {name}" for of in ("field", "prior") for name in FIELDS[:2]] + ["variable flag"]
    words = [f"{of} {name}" for of in ("field", "prior") for name in FIELDS[2:]] + ["variable word"]
    if rows:
        booleans.append("row IsClosed")
        words.append("row Status")
    return st.one_of(
        st.builds(Condition, st.sampled_from(booleans), st.sampled_from(("EqualTo", "NotEqualTo")), st.booleans()),
        st.builds(
            Condition, st.sampled_from(words), st.sampled_from(("EqualTo", "NotEqualTo")), st.sampled_from(WORDS[:2])
        ),
        st.builds(Condition, st.sampled_from(words), st.just("IsNull"), st.booleans()),
        st.builds(
            Condition,
            st.just("variable number"),
            st.sampled_from(("EqualTo", "GreaterThan", "LessThanOrEqualTo")),
            st.integers(0, 4).map(Decimal),
        ),
        st.builds(
            Condition, st.sampled_from([f"field {name}" for name in FIELDS]), st.just("IsChanged"), st.booleans()
        ),
    )


def sets() -> st.SearchStrategy[Set]:
    return st.one_of(
        st.builds(Set, st.sampled_from(BOOLEANS), st.booleans()),
        st.builds(Set, st.sampled_from(("Title", "word")), st.sampled_from(WORDS)),
        st.builds(Set, st.sampled_from(BOOLEANS), st.none(), st.sampled_from(BOOLEANS)),
        st.builds(Set, st.sampled_from(("Title", "word")), st.none(), st.sampled_from(("Department", "word"))),
        st.builds(Set, st.just("number"), st.integers(0, 2).map(Decimal), st.just(""), st.booleans()),
    )


def blocks(depth: int, *, rows: bool = False, loops: bool = True) -> st.SearchStrategy[tuple[Statement, ...]]:
    """Sequences of statements. A row is read where one was asked for before, there or not."""
    kinds: list[st.SearchStrategy[Statement]] = [sets(), st.builds(Save), st.builds(Stop), st.builds(End)]
    if depth:
        inner = blocks(depth - 1, rows=rows, loops=loops)
        outcome = st.tuples(st.lists(conditions(rows), min_size=1, max_size=2).map(tuple), st.booleans(), inner)
        branches = st.builds(If, st.lists(outcome, min_size=1, max_size=2).map(tuple), inner)
        kinds += [branches, branches]
        if loops:
            kinds.append(st.builds(Each, blocks(depth - 1, rows=True, loops=False)))
    return st.lists(st.one_of(kinds), max_size=4).map(tuple)


def programs() -> st.SearchStrategy[tuple[Statement, ...]]:
    """Programs; some ask for a row first."""
    return st.one_of(blocks(3), blocks(2, rows=True, loops=False).map(lambda rest: (Find(), *rest)))


@dataclass
class Writer:
    """Writes a program as elements, the last statement first, so that each knows what comes next."""

    parts: list[str] = field(default_factory=list)
    count: int = 0

    def block(self, statements: Sequence[Statement], then: str, row: str) -> str:
        """Write statements and return the first one's name; a row is read from the element `row`."""
        for at in range(len(statements) - 1, -1, -1):
            then = self.statement(statements[at], then, row)
        return then

    def statement(self, statement: Statement, then: str, row: str) -> str:
        self.count += 1
        name = f"E{self.count}"
        match statement:
            case Set(target, value, copied, adds):
                given = f"!{_name(copied)}" if copied else _plain(value)
                self.parts.append(assignment(name, (_name(target), "Add" if adds else "Assign", given), then=then))
            case Stop():
                self.parts.append(error(name, then=then))
            case Save():
                self.parts.append(update(name, reference="$Record", then=then))
            case End():
                self.parts.append(assignment(name, ("word", "Assign", "Gold")))
            case Find():
                self.parts.append(get("Found", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then=then))
                return "Found"
            case Each(body):
                each = f"Each{name}"
                self.parts.append(loop(each, f"All{name}", self.block(body, each, each) or each, then))
                query = get(f"All{name}", "Case", ("Subject", "EqualTo", name), then=each, first=False)
                self.parts.append(query)
                return f"All{name}"
            case If(outcomes, otherwise):
                told = [
                    (f"{name}_{n}", [_condition(c, row) for c in asked], self.block(block, then, row), either)
                    for n, (asked, either, block) in enumerate(outcomes)
                ]
                other = self.block(otherwise, then, row)
                self.parts.append(_decision(name, told, other))
        return name


def _decision(name: str, outcomes: list[tuple[str, list[tuple[str, str, object]], str, bool]], otherwise: str) -> str:
    text = decision(name, *((n, c, t) for n, c, t, _ in outcomes), otherwise=otherwise)
    for outcome, _, _, either in outcomes:
        if either:
            text = text.replace(
                f"<name>{outcome}</name><conditionLogic>and", f"<name>{outcome}</name><conditionLogic>or"
            )
    return text


def written(program: Sequence[Statement], *, before: bool) -> str:
    """Return the program as the file of a record-triggered flow on contacts."""
    writer = Writer()
    first = writer.block(program, "", "Found")
    initial = {"flag": False, "word": "Gold", "number": 0}
    variables = [variable(name, kind, given=initial[name]) for name, kind in VARIABLES.items()]
    begin = start(first, trigger="RecordBeforeSave" if before else "RecordAfterSave")
    return flow(*writer.parts, *variables, start=begin)


def _name(name: str) -> str:
    return name if name in VARIABLES else f"$Record.{name}"


def _plain(value: Value) -> object:
    return int(value) if isinstance(value, Decimal) else value


def _condition(condition: Condition, row: str) -> tuple[str, str, object]:
    of, name = condition.left.split()
    left = {"field": "$Record", "prior": "$Record__Prior", "row": row}.get(of)
    return (f"{left}.{name}" if left else name, condition.operator, _plain(condition.right))


class EndedError(Exception):
    """The flow ends here."""


@dataclass
class Interpreter:
    """One record and its rows. `blocked` says whether the save is rejected, `box` what the box ends with."""

    stored: Mapping[str, Value]
    saved: Mapping[str, Value]
    rows: Sequence[Row]
    before: bool
    blocked: bool = False
    box: Value = None
    row: Row | None = None
    record: Row = field(default_factory=dict)
    variables: Row = field(default_factory=lambda: {"flag": False, "word": "Gold", "number": Decimal(0)})

    def run(self, program: Sequence[Statement]) -> None:
        """Run a program from its beginning."""
        self.record = dict(self.saved)
        self.box = self.saved["HasOptedOutOfEmail"]
        try:
            self.block(program)
        except EndedError:
            return

    def block(self, statements: Sequence[Statement]) -> None:
        for statement in statements:
            self.statement(statement)

    def statement(self, statement: Statement) -> None:
        match statement:
            case Set():
                self.set(statement)
            case Stop():
                self.blocked = True
            case End():
                raise EndedError
            case Save():
                self.box = self.record["HasOptedOutOfEmail"]
            case Find():
                self.row = self.rows[0] if self.rows else None
            case Each(body):
                for row in self.rows:
                    self.row = row
                    self.block(body)
            case If(outcomes, otherwise):
                self.block(next((block for asked, either, block in outcomes if self.met(asked, either)), otherwise))

    def set(self, statement: Set) -> None:
        value = self.value(statement.copied) if statement.copied else statement.value
        held = self.variables if statement.target in VARIABLES else self.record
        if statement.adds:
            current = held[statement.target]
            assert isinstance(current, Decimal)
            assert isinstance(value, Decimal)
            value = current + value
        held[statement.target] = value
        if self.before and statement.target == "HasOptedOutOfEmail":
            self.box = value

    def value(self, name: str) -> Value:
        return self.variables[name] if name in VARIABLES else self.record[name]

    def met(self, asked: Sequence[Condition], either: bool) -> bool:
        return any(map(self.holds, asked)) if either else all(map(self.holds, asked))

    def holds(self, condition: Condition) -> bool:
        of, name = condition.left.split()
        if of == "row" and self.row is None:
            if condition.operator == "IsNull":
                return condition.right is True
            self.blocked = True
            raise EndedError
        sources = {"field": self.record, "prior": self.stored, "variable": self.variables, "row": self.row or {}}
        left, right = sources[of][name], condition.right
        match condition.operator:
            case "EqualTo":
                return same(_folded(left), _folded(right))
            case "NotEqualTo":
                return not same(_folded(left), _folded(right))
            case "IsNull":
                return blank(left) is right
            case "IsChanged":
                return (not same(left, self.stored[name])) is right
            case "GreaterThan":
                return less(right, left)
            case _:
                return less_equal(left, right)


def _folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value
