"""One walk in progress: the parts that call each other through it, its records, and the values that nobody knows."""

from sfoptlint.automation.apex.codebase import ApexType, Codebase
from sfoptlint.automation.apex.finding import Finding
from sfoptlint.automation.apex.frames import Exits
from sfoptlint.automation.apex.naming import AtomNames
from sfoptlint.automation.apex.shapes import scalars
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import RecordCell, Ref, Scalar, Value
from sfoptlint.automation.places import split_key
from sfoptlint.core.expr import Expr, Field, Free, FreeKind, RecordRef, Type
from sfoptlint.core.outcome import Context
from sfoptlint.lang.apex.nodes import Expression, MethodDeclaration, Node, Statement

MAX_DEPTH = 12
"""Calls inside calls."""
MAX_CALLS = 2500
"""Calls that one entry may inline."""


class Run(Finding):
    """What every part of the walk shares. The parts call each other through it."""

    def __init__(
        self,
        codebase: Codebase,
        terms: Terms,
        context: Context,
        names: AtomNames | None = None,
        *,
        company: bool = False,
    ) -> None:
        super().__init__(codebase, terms, context, names, company=company)
        self.named: dict[str, Free] = {}
        self.unfiltered: set[str] = set()

    # The parts that know each other.

    def evaluate(self, node: Expression, state: State) -> Value:
        """Return what an expression is worth, and let the state have its effects."""
        raise NotImplementedError

    def execute(self, node: Statement, state: State, exits: Exits) -> None:
        """Walk a statement."""
        raise NotImplementedError

    def invoke(  # noqa: PLR0913, PLR0917 - a call is all of this
        self,
        type_: ApexType,
        method: MethodDeclaration,
        this: Ref | None,
        arguments: list[Value],
        state: State,
        at: Node,
    ) -> Value:
        """Walk a method of the tree and return its result."""
        raise NotImplementedError

    def construct(self, type_: ApexType, arguments: list[Value], state: State, node: Node) -> Ref:
        """Make an object of a class of the tree."""
        raise NotImplementedError

    # Records.

    def saves_again(self, record: RecordCell, when: Expr, state: State, node: Node) -> None:
        """Meet a save of a record that may be the saved one; what it does to the box is an effect of its own."""

    def same_record(self, record: RecordCell, state: State) -> Expr:
        """Return the condition under which a record made in memory is the one that is saved."""
        own = record.fields.get("id")
        if not isinstance(own, Scalar):
            return self.terms.false
        return state.known(self.terms.same(own.expr, self.terms.saved_id()))

    def everyone(self, record: RecordCell) -> bool:
        """Whether the records that a query finds are all there are; a filter on the box itself is none."""
        return record.ref is not None and split_key(record.ref.key)[0] in self.unfiltered

    def agree(self, row: RecordCell, value: Value, other: Value) -> None:
        """Let a further row of a query have the same in a field as the row that stands for all, if it is that one."""
        match row.ref, value, other:
            case RecordRef() as ref, Scalar(expr=Field() as own), Scalar(expr=Field() as like):
                ids = [self.terms.interner.field(one, ("Id",), Type.TEXT) for one in (ref, like.record)]
                self.hold(self.terms.any(self.terms.no(self.terms.same(*ids)), self.terms.same(own, like)))

    def kept(self, name: str, cell: RecordCell, state: State) -> Ref:
        """Return the record of this name, the same each time that it is asked for."""
        key = ("kept", name)
        found = state.store.get(key)
        if isinstance(found, Ref):
            return found
        made = state.new(cell)
        state.store[key] = made
        state.begin(f"kept {name}", {key: made, made.cell: cell})
        return made

    # Values that nobody knows.

    def unknown_value(
        self, node: Node, type_: Type, state: State, *, inputs: tuple[Value, ...] = (), fickle: bool = False
    ) -> Scalar:
        """Return a free value for what an expression is worth; a `fickle` one is another in each round of a loop."""
        at = self.place(node)
        exprs = [expr for value in inputs for expr in scalars(value, state)]
        kind = FreeKind.OPAQUE if self.terms.reads(*exprs) else FreeKind.CALL
        words = self.words(node)
        inputs_key = ",".join(str(id(expr)) for expr in exprs)
        name = f"{at.path}:{at.line}" + (f":{at.column}" if kind is FreeKind.OPAQUE else "")
        rounds = self.rounds if fickle else ()
        name = self.again(name, f"{words}|{inputs_key}|{rounds}", spot=f"{at.path}:{at.line}:{at.column}")
        return Scalar(self.terms.free(name, type_, kind, at, words, exprs))

    def lasting(self, what: str, type_: Type, kind: FreeKind, node: Node, text: str) -> Free:
        """Return the free value of what is the same wherever it is asked for; its place is the first that asks."""
        if what not in self.named:
            name, at = self.names.lasting(what, self.place(node))
            self.named[what] = self.terms.free(name, type_, kind, at, text)
        return self.named[what]

    def free_flag(self, node: Node, kind: FreeKind, text: str, suffix: str = "") -> Expr:
        """Return a free Boolean of its own."""
        at = self.place(node)
        name = self.again(f"{at.path}:{at.line}:{at.column}{suffix}", self.frame.id)
        return self.terms.free(name, Type.BOOLEAN, kind, at, text)
