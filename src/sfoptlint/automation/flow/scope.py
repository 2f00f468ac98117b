"""What the names in a flow stand for."""

from collections.abc import Mapping
from typing import Final

from sfoptlint.automation.flow.fields import Fields
from sfoptlint.automation.flow.formulas import Formulas
from sfoptlint.automation.flow.frame import Frame, Reads
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import Listing, One, Record, Value, absent, null, record_of
from sfoptlint.automation.globals import Globals
from sfoptlint.core.expr import Expr, RecordKind, RecordRef, Type
from sfoptlint.core.location import Place
from sfoptlint.core.logic import choose
from sfoptlint.metadata.flow.elements import Call, Decision, Filter, GetRecords, Loop, Other, WriteRecords
from sfoptlint.metadata.flow.parts import Computed, Literal, Merged, Operand, Reference, Resource, Unread

TYPES: Final = {
    "boolean": Type.BOOLEAN,
    "currency": Type.NUMBER,
    "date": Type.DATE,
    "datetime": Type.DATETIME,
    "multipicklist": Type.TEXT,
    "number": Type.NUMBER,
    "picklist": Type.TEXT,
    "string": Type.TEXT,
    "time": Type.TIME,
}
"""By the data type of a resource in lower case (Metadata API Developer Guide, Flow, FlowDataType)."""
_DEEPEST: Final = 20


class Scope:
    """Resolves names in one flow; the values of its variables come with the state."""

    __slots__ = ("_depth", "fields", "formulas", "frame", "interner")

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.interner = frame.walk.interner
        self.fields = Fields(frame.walk.objects, self.interner)
        self.formulas = Formulas(self)
        self._depth = 0

    def initial(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Return what the variables start with, and what the flow is given, by name in lower case."""
        found: dict[str, Value] = {**given}
        for name, resource in self.frame.flow.resources.items():
            found.setdefault(name, self._initial(resource))
        for element in self.frame.flow.elements.values():
            if isinstance(element, Decision):
                for outcome in element.outcomes:
                    found[outcome.name.casefold()] = self.interner.const(False, Type.BOOLEAN)
        reads = Reads(self.interner)
        state = State((), found)
        for name, resource in self.frame.flow.resources.items():
            if name not in given and isinstance(resource.value, Reference | Merged | Computed):
                # A value that names another resource; one that waits for a third is as it starts.
                found[name] = self.operand(resource.value, state, reads, resource.name)
        return found

    def _initial(self, resource: Resource) -> Value:
        if resource.collection:
            return Listing(())
        if resource.type.casefold() == "sobject":
            # A record variable takes fields without being given a record first.
            return record_of(One(RecordRef(RecordKind.CREATED, resource.name), resource.object), self.interner)
        type_ = TYPES.get(resource.type.casefold(), Type.UNKNOWN)
        if isinstance(resource.value, Literal):
            return self.interner.const(resource.value.value, resource.value.type)
        return self.interner.const(None, type_)

    def operand(self, operand: Operand | None, state: State, reads: Reads, what: str) -> Value:
        """Return what a value is; `what` names it where it is not read."""
        match operand:
            case None:
                return null(self.interner)
            case Literal(value=value, type=type_):
                return self.interner.const(value, type_)
            case Reference(name=name):
                found = self.resolve(name, state, reads)
                return found if isinstance(found, Record | Listing) else self._settled(found)
            case Merged(text=text):
                return self.formulas.merged(text, state, reads, self.place)
            case Computed(text=text):
                return self.formulas.lowered(text, self.place, state, reads)
            case Unread(what=kind):
                return self.open(f"{what}: {kind}", f"a value is not read: {kind}")

    @property
    def place(self) -> Place:
        """Where the flow is declared."""
        return self.frame.place(self.frame.flow.at)

    def open(self, text: str, reason: str = "", type_: Type = Type.UNKNOWN) -> Expr:
        """Return what stands for something that is not modelled."""
        return self.frame.walk.open(f"{self.frame.flow.path}#{text}", self.place, type_, text, reason)

    def scalar(self, value: Value) -> Expr:
        """Return a value as an expression; a record as whether there is one."""
        if isinstance(value, Record):
            return self._presence(value)
        if isinstance(value, Listing):
            return self.open("a collection", "a collection stands where one value does")
        return value

    def resolve(self, name: str, state: State, reads: Reads) -> Value:
        """Return what a name stands for; a name that nobody knows is a gap, never blank."""
        name = name.strip()
        head, *rest = name.split(".")
        known = state.values.get(name.casefold())
        if known is not None:
            return known
        held = state.values.get(head.casefold())
        if held is not None:
            return self.member(held, tuple(rest), reads, name)
        if head.startswith("$"):
            return self._global(name, (head, *rest))
        return self._resource(name, head, tuple(rest), state, reads)

    def member(self, held: Value, path: tuple[str, ...], reads: Reads, name: str) -> Value:
        """Return a field of what a variable holds."""
        if not path:
            return held
        if isinstance(held, Record):
            value, absent = self.fields.of_record(held, path)
            reads.absent(self._settled(absent))
            return value
        return self.open(name, f"{name} is not followed")

    def _resource(self, name: str, head: str, rest: tuple[str, ...], state: State, reads: Reads) -> Value:
        flow, key = self.frame.flow, head.casefold()
        if key in flow.formulas and self._depth < _DEEPEST:
            formula = flow.formulas[key]
            self._depth += 1
            type_ = TYPES.get(formula.type.casefold(), Type.UNKNOWN)
            value = self.formulas.lowered(formula.text, self.frame.place(formula.at), state, reads, type_)
            self._depth -= 1
            return value
        if key in flow.templates:
            return self.formulas.merged(flow.templates[key], state, reads, self.place)
        match flow.elements.get(key):
            case GetRecords() | Loop():
                return self.member(record_of(None, self.interner), rest, reads, name)
            case Filter():
                return Listing(())
            case Call() | Other() | WriteRecords() as element:
                at = self.frame.place(element.at)
                return self.frame.walk.oracle.output(f"{flow.path}#{name}", at, Type.UNKNOWN)
        return self.open(name, f"nothing is known of {name}")

    def _global(self, name: str, path: tuple[str, ...]) -> Value:
        match tuple(part.casefold() for part in path):
            case ("$globalconstant", "true"):
                return self.interner.const(True, Type.BOOLEAN)
            case ("$globalconstant", "false"):
                return self.interner.const(False, Type.BOOLEAN)
            case ("$globalconstant", "emptystring"):
                return self.interner.const("", Type.TEXT)
            case ("$flow", "currentdatetime"):
                return self._settled(self.interner.call("NOW", (), Type.DATETIME))
            case ("$flow", "currentdate"):
                return self._settled(self.interner.call("TODAY", (), Type.DATE))
            case ("$flow", *_):
                return self.frame.walk.oracle.output(f"{self.frame.flow.path}#{name}", self.place, Type.TEXT)
        found = Globals(self.frame.walk.objects, self.interner).resolve(path)
        return self.open(name, f"nothing is known of {name}") if found is None else self._settled(found)

    def _settled(self, expr: Expr) -> Expr:
        return self.frame.walk.oracle.settle(expr)

    def _presence(self, record: Record) -> Expr:
        there, none = self.interner.const("record", Type.TEXT), self.interner.const(None, Type.TEXT)
        return choose(absent(record, self.interner), none, there, self.interner)
