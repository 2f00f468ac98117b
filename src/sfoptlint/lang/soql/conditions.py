"""WHERE and HAVING: SOQL and SOSL Reference, "Condition Expression Syntax (WHERE Clause)"."""

from typing import Final

from sfoptlint.lang.soql.cursor import QueryCursor
from sfoptlint.lang.soql.nodes import And, Bind, Comparison, Condition, ListValue, Literal, Not, Or, Subquery

_COMPARE: Final = frozenset(("=", "!=", "<>", "<", "<=", ">", ">=", "like"))
_SETS: Final = frozenset(("in", "includes", "excludes"))


class ConditionParser(QueryCursor):
    """Reads conditions; what a subquery is stands in the subclass."""

    __slots__ = ()

    def subquery(self) -> Subquery:
        """Read a query in parentheses."""
        raise NotImplementedError

    def condition(self) -> Condition:
        """Read a condition; `AND` binds tighter than `OR`, though the platform wants parentheses between the two."""
        start = self.token.start
        operands = [self._conjunction()]
        while self.accept("or"):
            operands.append(self._conjunction())
        return operands[0] if len(operands) == 1 else Or(start, self.end(), tuple(operands))

    def _conjunction(self) -> Condition:
        start = self.token.start
        operands = [self._single()]
        while self.accept("and"):
            operands.append(self._single())
        return operands[0] if len(operands) == 1 else And(start, self.end(), tuple(operands))

    def _single(self) -> Condition:
        self.nest()
        start = self.token.start
        node: Condition
        if self.accept("not"):
            operand = self._single()
            node = Not(start, self.end(), operand)
        elif self.accept("("):
            node = self.condition()
            self.expect(")")
        else:
            node = self._comparison(start)
        self.depth -= 1
        return node

    def _comparison(self, start: int) -> Condition:
        left = self.operand()
        operator = self._operator()
        right = self._set_value() if operator.split()[-1] in _SETS else self.literal()
        return Comparison(start, self.end(), left, operator, right)

    def _operator(self) -> str:
        """Read an operator; `> =` with a blank is one too."""
        if self.accept("not", "in"):
            return "not in"
        if self.word in {"<", ">", "!"} and self.ahead() == "=":
            return self.step().word + self.step().word
        if self.word not in _COMPARE and self.word not in _SETS:
            self.fail("expected an operator")
        return self.step().word

    def _set_value(self) -> Literal | Bind | ListValue | Subquery:
        if self.word != "(":
            return self.literal()
        if self.ahead() == "select":
            return self.subquery()
        start = self.step().start
        values = [self.literal()]
        while self.accept(","):
            values.append(self.literal())
        self.expect(")")
        return ListValue(start, self.end(), tuple(values))
