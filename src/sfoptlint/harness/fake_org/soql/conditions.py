"""WHERE and HAVING, as a test of a record or of a group."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldType
from sfoptlint.harness.fake_org.soql.comparison import Test, UnfitComparisonError, chosen, compare, one_of
from sfoptlint.harness.fake_org.soql.literals import Constant, constant
from sfoptlint.harness.fake_org.soql.scope import Scope
from sfoptlint.lang.soql.nodes import (
    And,
    Comparison,
    Condition,
    ListValue,
    Literal,
    LiteralType,
    Not,
    Operand,
    Or,
    Subquery,
)

Subject = TypeVar("Subject")
Read = Callable[[Operand], tuple[FieldType, Callable[[Subject], Value]]]
"""How an operand is read from what is tested: its type, and a function of it."""
SemiJoin = Callable[[Subquery], list[Constant]]
"""How the values of a query in parentheses are had."""


class Conditions(Generic[Subject]):
    """Turns conditions into tests; whatever is wrong with one is refused before any record is looked at."""

    def __init__(self, scope: Scope, read: Read[Subject], semi_join: SemiJoin) -> None:
        self._scope = scope
        self._read = read
        self._semi_join = semi_join

    def test(self, node: Condition | None) -> Callable[[Subject], bool]:
        """Return the test of a condition."""
        match node:
            case None:
                return lambda _: True
            case And():
                tests = [self.test(operand) for operand in node.operands]
                return lambda subject: all(test(subject) for test in tests)
            case Or():
                self._check_parentheses(node)
                tests = [self.test(operand) for operand in node.operands]
                return lambda subject: any(test(subject) for test in tests)
            case Not():
                test = self.test(node.operand)
                return lambda subject: not test(subject)
            case Comparison():
                return self._comparison(node)

    def _comparison(self, node: Comparison) -> Callable[[Subject], bool]:
        type_, get = self._read(node.left)
        try:
            test = self._test_of(node, type_)
        except UnfitComparisonError as error:
            raise self._scope.refuse.field(node, str(error)) from None
        return lambda subject: test(get(subject))

    def _test_of(self, node: Comparison, type_: FieldType) -> Test:
        values = self._values(node)
        match node.operator:
            case "in":
                return one_of(type_, values)
            case "not in":
                among = one_of(type_, values)
                return lambda held: not among(held)
            case "includes" | "excludes":
                if type_ is not FieldType.MULTISELECT_PICKLIST:
                    raise UnfitComparisonError(f"{node.operator.upper()} asks a multi-select picklist")
                includes = chosen(values)
                return includes if node.operator == "includes" else lambda held: not includes(held)
            case operator:
                return compare(type_, operator, values[0])

    def _values(self, node: Comparison) -> list[Constant]:
        now, refuse = self._scope.org.now(), self._scope.refuse
        match node.right:
            case Subquery():
                return self._semi_join(node.right)
            case ListValue():
                return [constant(value, now, refuse) for value in node.right.values]
            case Literal(type=LiteralType.TEXT, text=text) if node.operator == "like":
                return [text]  # its escapes say which wildcards are none
            case right:
                return [constant(right, now, refuse)]

    def _check_parentheses(self, node: Or) -> None:
        """AND beside OR without parentheses is an error of its own to the platform."""
        text = self._scope.refuse.text
        for operand in node.operands:
            if isinstance(operand, And) and not _in_parentheses(text, operand):
                raise self._scope.refuse.malformed(operand, "AND and OR side by side need parentheses")


_COUNTED: Final = "count"


def is_count(operand: Operand | object) -> bool:
    """Whether an operand is COUNT."""
    return getattr(operand, "name", "").casefold() == _COUNTED and hasattr(operand, "arguments")


def _in_parentheses(text: str, node: And) -> bool:
    return text[: node.start].rstrip().endswith("(") and text[node.end :].lstrip().startswith(")")
