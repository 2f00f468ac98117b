"""What the WHERE of a query says of a row (SOQL and SOSL Reference, "Condition Expression Syntax")."""

from decimal import Decimal

from sfoptlint.automation.apex.arithmetic import equal
from sfoptlint.automation.apex.conversion import as_list
from sfoptlint.automation.apex.copies import id_of
from sfoptlint.automation.apex.fields import record_field
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Item, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import AFTER, Const, Expr, FreeKind, Primitive, Type
from sfoptlint.lang.apex.nodes import QueryExpression
from sfoptlint.lang.soql import nodes as soql

_LIKE = {(False, True): Primitive.STARTS, (True, True): Primitive.HAS, (True, False): Primitive.ENDS}


class Filters:
    """The conditions of one query, with what its bind variables are worth."""

    def __init__(self, run: Run, node: QueryExpression, binds: dict[int, Value], state: State) -> None:
        self.run = run
        self.node = node
        self.binds = binds
        self.state = state
        self.at = run.place(node)

    def holds(self, condition: soql.Condition | None, row: Ref) -> Expr:
        """Return the condition under which a row meets this one."""
        terms = self.run.terms
        match condition:
            case None:
                return terms.true
            case soql.And(operands=operands):
                return terms.all(*(self.holds(o, row) for o in operands))
            case soql.Or(operands=operands):
                return terms.any(*(self.holds(o, row) for o in operands))
            case soql.Not(operand=operand):
                return terms.no(self.holds(operand, row))
            case soql.Comparison():
                return self._compared(condition, row)

    def values(self, right: object) -> list[Value]:
        """Return what stands on the right of a comparison."""
        if isinstance(right, soql.Bind):
            return [self.binds[right.start]] if right.start in self.binds else []
        if isinstance(right, soql.Literal):
            return [Scalar(self._literal(right))]
        if isinstance(right, soql.ListValue):
            return [value for part in right.values for value in self.values(part)]
        return []

    def items(self, value: Value) -> tuple[Item, ...]:
        """Return the elements of a value, or the value itself."""
        if isinstance(value, Ref):
            cell = as_list(self.run, value, self.state)
            return cell.items
        return (Item(self.run.terms.true, value),)

    def _literal(self, literal: soql.Literal) -> Expr:
        terms = self.run.terms
        match literal.type:
            case soql.LiteralType.TEXT:
                return terms.const(literal.text.replace("\\'", "'"))
            case soql.LiteralType.INTEGER | soql.LiteralType.DECIMAL:
                return terms.const(Decimal(literal.text))
            case soql.LiteralType.BOOLEAN:
                return terms.const(literal.text.casefold() == "true")
            case soql.LiteralType.NULL:
                return terms.null
        return self._free(literal)

    def _free(self, node: soql.Node) -> Expr:
        at = self.at
        text = self.run.frame.file.text[node.start : node.end]
        return self.run.terms.free(f"{at.path}:{at.line}:{node.start}", Type.UNKNOWN, FreeKind.OTHER, at, text)

    def _flag(self, node: soql.Node) -> Expr:
        at = self.at
        text = self.run.frame.file.text[node.start : node.end]
        return self.run.terms.free(f"{at.path}:{at.line}:{node.start}", Type.BOOLEAN, FreeKind.OTHER, at, text)

    def _compared(self, condition: soql.Comparison, row: Ref) -> Expr:
        terms = self.run.terms
        if not isinstance(condition.left, soql.FieldName) or isinstance(condition.right, soql.Subquery):
            return self._flag(condition)
        field = self._field(condition.left, row)
        values = self.values(condition.right)
        match condition.operator:
            case "=" | "in":
                return self._among(field, values, condition)
            case "!=" | "<>" | "not in":
                return terms.no(self._among(field, values, condition))
            case "<" | "<=" | ">" | ">=" if (
                len(values) == 1 and isinstance(values[0], Scalar) and isinstance(field, Scalar)
            ):
                left, right = field.expr, values[0].expr
                if condition.operator.startswith(">"):
                    left, right = right, left
                op = Primitive.LESS_EQUAL if condition.operator.endswith("=") else Primitive.LESS
                return terms.call(op, (left, right), Type.BOOLEAN)
            case "like" if len(values) == 1 and isinstance(values[0], Scalar) and isinstance(field, Scalar):
                return self._like(field.expr, values[0].expr, condition)
        return self._flag(condition)

    def _like(self, field: Expr, pattern: Expr, condition: soql.Comparison) -> Expr:
        text = pattern.value if isinstance(pattern, Const) else None
        if not isinstance(text, str) or "_" in text or "%" in text.strip("%"):
            return self._flag(condition)
        op = _LIKE.get((text.startswith("%"), text.endswith("%")))
        plain = self.run.terms.const(text.strip("%"))
        if op is None:
            return self.run.terms.same(field, plain)
        return self.run.terms.call(op, (field, plain), Type.BOOLEAN, ci=True)

    def _among(self, field: Value, values: list[Value], condition: soql.Comparison) -> Expr:
        terms = self.run.terms
        found: Expr = terms.false
        for value in values:
            if isinstance(value, Ref) and as_list(self.run, value, self.state).open is not None:
                return self._flag(condition)
            for item in self.items(value):
                element = id_of(self.run, item.value, self.state) if isinstance(item.value, Ref) else item.value
                found = terms.any(found, terms.all(item.guard, equal(self.run, field, element, self.node, self.state)))
        return found if values else self._flag(condition)

    def _field(self, name: soql.FieldName, row: Ref) -> Value:
        current: Value = row
        for part in name.names:
            if not isinstance(current, Ref):
                return Scalar(self._free(name))
            cell = self.state.cell(current)
            if not isinstance(cell, RecordCell):
                return Scalar(self._free(name))
            if cell.origin in (Origin.NEW, Origin.OLD) and len(name.names) > 1:
                return Scalar(self.run.terms.interner.field(AFTER, name.names, Type.UNKNOWN))
            current = record_field(self.run, current, part, self.state)
        return current
