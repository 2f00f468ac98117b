"""Criteria in the core form: comparisons that are numbered and joined, or a formula.

They serve workflow rules, approval processes and duplicate rules alike. Texts are compared without regard to case, and a comma
separates alternatives (Salesforce Help, "Filter Operators").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sfoptlint.automation.automation import Gap
from sfoptlint.automation.criteria_fields import Compared, CriteriaFields
from sfoptlint.automation.criteria_values import NUMERIC, alternatives, as_number, guessed_type, literal
from sfoptlint.automation.filter_logic import Junction, Logic, read_logic
from sfoptlint.automation.names import RecordNames
from sfoptlint.core.expr import AFTER, Expr, Field, Free, FreeKind, Global, Interner, Primitive, Type
from sfoptlint.core.location import Place
from sfoptlint.core.logic import all_of, any_of, not_
from sfoptlint.core.schema import FieldType
from sfoptlint.lang.formula.building import reads, truth
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import Source
from sfoptlint.metadata.criteria import Criteria, CriteriaItem
from sfoptlint.model.objects import Objects

_TEXTUAL: Final = MappingProxyType(
    {"contains": Primitive.HAS, "startsWith": Primitive.STARTS, "includes": Primitive.ONE_OF}
)
_NEGATED: Final = MappingProxyType({"notEqual": "equals", "notContain": "contains", "excludes": "includes"})
_ORDERS: Final = MappingProxyType(
    {
        "lessThan": (Primitive.LESS, False),
        "lessOrEqual": (Primitive.LESS_EQUAL, False),
        "greaterThan": (Primitive.LESS, True),
        "greaterOrEqual": (Primitive.LESS_EQUAL, True),
    }
)
"""Operators by name, and whether their operands are turned round."""
_GUESSED: Final = MappingProxyType(
    {
        FieldType.CHECKBOX: Type.BOOLEAN,
        FieldType.DATE: Type.DATE,
        FieldType.NUMBER: Type.NUMBER,
        FieldType.UNKNOWN: Type.TEXT,
    }
)


@dataclass(frozen=True, slots=True)
class Met:
    """Whether a record meets criteria, and what of them was not understood."""

    guard: Expr
    gaps: tuple[Gap, ...] = ()


class CriteriaCompiler:
    """Lowers the criteria of one object's artefacts; `box` is the field whose fate an unreadable part leaves open."""

    def __init__(self, object_name: str, objects: Objects, interner: Interner, box: str) -> None:
        self._objects = objects
        self._interner = interner
        self._object = object_name
        self._box = interner.field(AFTER, (box,), Type.BOOLEAN)
        self._fields = CriteriaFields(object_name, objects, interner)

    def met(self, criteria: Criteria, path: str) -> Met:
        """Return when the criteria are met; never raises, what is not understood is left open."""
        if criteria.formula:
            return self._formula(criteria, path)
        gaps: list[Gap] = []
        logic = read_logic(criteria.logic, len(criteria.items))
        if logic is None:
            at = Place(path, criteria.at.line, criteria.at.column)
            fields = (self._fields.resolve(item.field).value for item in criteria.items)
            reason = f"{criteria.logic} does not join its {len(criteria.items)} conditions"
            return Met(self._open(criteria.logic, at, reason, (*fields, self._box), gaps), tuple(gaps))
        guards = [self._item(item, criteria.items, path, gaps) for item in criteria.items]
        return Met(self._joined(logic, guards), tuple(gaps))

    def field(self, written: str) -> Expr:
        """Return a field by the name that criteria have for it."""
        return self._fields.resolve(written).value

    def _formula(self, criteria: Criteria, path: str) -> Met:
        at = Place(path, criteria.at.line, criteria.at.column)
        try:
            tree = parse(criteria.formula)
        except FormulaSyntaxError as error:
            gaps: list[Gap] = []
            reason = f"its condition is no formula: {error}"
            return Met(self._open(criteria.formula, at, reason, (self._box,), gaps), tuple(gaps))
        source = Source(criteria.formula, at, context=Context.WORKFLOW)
        names = RecordNames(self._object, self._objects, self._interner)
        lowered = lower(tree, source, names, self._interner)
        found = tuple(Gap(gap.atom, at, str(gap.diagnostic)) for gap in lowered.gaps)
        return Met(truth(lowered.expr, self._interner), found)

    def _joined(self, logic: Logic, guards: list[Expr]) -> Expr:
        match logic:
            case int():
                return guards[logic]
            case Junction(op="not", parts=(part,)):
                return not_(self._joined(part, guards), self._interner)
            case Junction(op=op, parts=parts):
                found = [self._joined(part, guards) for part in parts]
                return all_of(found, self._interner) if op == "and" else any_of(found, self._interner)

    def _item(self, item: CriteriaItem, items: tuple[CriteriaItem, ...], path: str, gaps: list[Gap]) -> Expr:
        compared = self._typed(item, items)
        at = Place(path, item.at.line, item.at.column)
        operation = _NEGATED.get(item.operation, item.operation)
        found = (
            self._beside(operation, compared, self._fields.resolve(item.other_field))
            if item.other_field
            else self._value(operation, compared, item.value, at)
        )
        if found is None:
            words = f"{item.field} {item.operation} {item.value or item.other_field}".strip()
            operands = (compared.value, *([compared.named] if compared.named else []))
            return self._open(words, at, f"{words} is not modelled", operands, gaps)
        return not_(found, self._interner) if item.operation in _NEGATED else found

    def _typed(self, item: CriteriaItem, items: Iterable[CriteriaItem]) -> Compared:
        """Return what an item compares; a field that nobody knows has the type that all its values ask for."""
        compared = self._fields.resolve(item.field)
        value = compared.value
        if (
            compared.type is not FieldType.UNKNOWN
            or not isinstance(value, Field | Global)
            or value.type is not Type.UNKNOWN
        ):
            return compared
        asked = [one.value for one in items if one.field.casefold() == item.field.casefold()]
        guessed = guessed_type(asked)
        type_ = _GUESSED[guessed]
        typed = (
            self._interner.field(value.record, value.path, type_)
            if isinstance(value, Field)
            else self._interner.global_(value.name, type_)
        )
        return Compared(typed, FieldType.TEXT if guessed is FieldType.UNKNOWN else guessed)

    def _value(self, operation: str, compared: Compared, text: str, at: Place) -> Expr | None:
        interner = self._interner
        if operation == "equals" and not text:
            return interner.call(Primitive.BLANK, (compared.value,), Type.BOOLEAN)
        if compared.type is FieldType.DATE_TIME:
            # A date beside a date-time means the whole day.
            day = interner.call("DATEVALUE", (compared.value,), Type.DATE)
            compared = Compared(day, FieldType.DATE)
        if operation in _ORDERS:
            return self._ordered(operation, compared, text, at)
        words = [text] if compared.type in NUMERIC and as_number(text) is not None else alternatives(text)
        if operation == "includes":
            words = [part.strip() for word in words for part in word.split(";") if part.strip()]
        one = self._equal if operation == "equals" else self._holding
        found = [one(operation, compared, word, at) for word in words]
        if not found or None in found:
            return None
        return any_of(filter(None, found), interner)

    def _equal(self, _: str, compared: Compared, text: str, at: Place) -> Expr | None:
        interner = self._interner
        if compared.named is not None:
            names = (compared.named, compared.value) if _is_id(text) else (compared.named,)
            return any_of((self._same(one, interner.const(text, Type.TEXT)) for one in names), interner)
        beside = self._literal(compared, text, at)
        return None if beside is None else self._same(compared.value, beside)

    def _same(self, left: Expr, right: Expr) -> Expr:
        return self._interner.call(Primitive.SAME, (left, right), Type.BOOLEAN, ci=True)

    def _literal(self, compared: Compared, text: str, at: Place) -> Expr | None:
        if compared.percent:
            number = as_number(text)
            return None if number is None else self._interner.const(number / 100, Type.NUMBER)
        return literal(text, compared.type, at, self._interner)

    def _holding(self, operation: str, compared: Compared, text: str, _: Place) -> Expr | None:
        primitive = _TEXTUAL.get(operation)
        value = compared.named if compared.named is not None else compared.value
        if primitive is None or value.type not in (Type.TEXT, Type.UNKNOWN):
            return None
        args = (value, self._interner.const(text, Type.TEXT))
        return self._interner.call(primitive, args, Type.BOOLEAN, ci=True)

    def _ordered(self, operation: str, compared: Compared, text: str, at: Place) -> Expr | None:
        if compared.named is not None or compared.type is FieldType.CHECKBOX:
            return None
        beside = self._literal(compared, text, at)
        return None if beside is None or not text else self._order(operation, compared.value, beside)

    def _order(self, operation: str, left: Expr, right: Expr) -> Expr:
        primitive, turned = _ORDERS[operation]
        return self._interner.call(primitive, (right, left) if turned else (left, right), Type.BOOLEAN, ci=True)

    def _beside(self, operation: str, compared: Compared, other: Compared) -> Expr | None:
        """Compare a field with another one."""
        if operation == "equals":
            return self._same(compared.value, other.value)
        if operation in _ORDERS and compared.type in NUMERIC and other.type in NUMERIC:
            return self._order(operation, compared.value, other.value)
        return None

    def _open(self, words: str, at: Place, reason: str, operands: Iterable[Expr], gaps: list[Gap]) -> Expr:
        name = f"{at.path}#{words}"
        atom = self._interner.free(Free(name, Type.BOOLEAN, FreeKind.OPAQUE, at, words, reads(tuple(operands))))
        gaps.append(Gap(atom, at, reason))
        return atom


def _is_id(text: str) -> bool:
    return len(text) in (15, 18) and text.isalnum() and text.isascii() and text[:1].isdigit()
