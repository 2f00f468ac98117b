"""The one evaluator: an expression of the core form to its value in a world.

Every node is evaluated at most once, and only if it is needed. The walk keeps its own stack, so that a guard may be as deep
as it likes. Arithmetic runs in the engine's decimal context (39 digits, half up).
"""

from decimal import localcontext
from types import MappingProxyType
from typing import Final, cast

from sfoptlint.core.expr import Call, Const, Expr, Field, Free, Global, Primitive, Value
from sfoptlint.evaluate.choices import CHOICE_LAWS
from sfoptlint.evaluate.dates import DATE_LAWS
from sfoptlint.evaluate.encodings import ENCODING_LAWS
from sfoptlint.evaluate.errors import FormulaError, TypeMismatchError, UnsupportedError
from sfoptlint.evaluate.formats import FORMAT_LAWS
from sfoptlint.evaluate.law import Law, Laws, apply, decimals
from sfoptlint.evaluate.lazy import LAZY, Outcome
from sfoptlint.evaluate.numbers import NUMBER_LAWS
from sfoptlint.evaluate.operators import NEGATION, OPERATORS
from sfoptlint.evaluate.places import PLACE_LAWS
from sfoptlint.evaluate.primitives import PRIMITIVES, changed, folded
from sfoptlint.evaluate.text import TEXT_LAWS
from sfoptlint.evaluate.world import World


def _regex(text: str | None, pattern: str | None) -> bool:
    from sfoptlint.evaluate.regex import regex_matches  # noqa: PLC0415 - half of this package's start-up, rarely needed

    return regex_matches(text, pattern)


LAWS: Final[Laws] = MappingProxyType(
    {
        **OPERATORS,
        **TEXT_LAWS,
        **NUMBER_LAWS,
        **DATE_LAWS,
        **FORMAT_LAWS,
        **PLACE_LAWS,
        **ENCODING_LAWS,
        **CHOICE_LAWS,
        "REGEX": Law("tt", _regex, sees_blank=True),
    }
)
"""Every operator that needs nothing but its operands' values, by name."""

_IF: Final = Primitive.IF


def evaluate(expr: Expr, world: World) -> Value:
    """Return the expression's value in the world; raises `FormulaError` and nothing else."""
    return Evaluation(world).value(expr)


class Evaluation:
    """What is known so far in one world: several expressions that share parts are evaluated together."""

    __slots__ = ("_known", "_world")

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[Expr, Outcome] = {}

    def value(self, expr: Expr) -> Value:
        """Return the expression's value; raises `FormulaError` and nothing else."""
        outcome = self.outcome(expr)
        if isinstance(outcome, FormulaError):
            raise outcome
        return outcome

    def outcome(self, expr: Expr) -> Outcome:
        """Return the expression's value, or its error as a value."""
        if expr not in self._known:
            with localcontext(decimals()):
                self._run(expr)
        return self._known[expr]

    def reached(self, expr: Expr) -> bool:
        """Whether the expression was evaluated, by itself or as part of another one."""
        return expr in self._known

    def _run(self, root: Expr) -> None:
        known = self._known
        asked: dict[Expr, int] = {}
        stack = [root]
        while stack:
            node = stack[-1]
            if node in known:
                stack.pop()
                continue
            if not isinstance(node, Call):
                known[node] = self._leaf(node)
                stack.pop()
                continue
            lazy = LAZY.get(node.op)
            if lazy is not None and (len(node.args) == 3 or node.op != _IF):
                needed, outcome = lazy(node.args, known, asked.get(node, 0))
                if needed is not None:
                    asked[node] = needed
                    stack.append(node.args[needed])
                    continue
                known[node] = outcome
            else:
                missing = [arg for arg in node.args if arg not in known]
                if missing:
                    stack.extend(reversed(missing))
                    continue
                known[node] = self._call(node)
            stack.pop()

    def _leaf(self, node: Const | Field | Global | Free) -> Outcome:
        try:
            match node:
                case Const(value=value):
                    return value
                case Field():
                    return self._world.read(node)
                case Global():
                    return self._world.of_org(node)
                case Free():
                    return self._world.of_free(node)
        except FormulaError as error:
            return error

    def _call(self, node: Call) -> Outcome:
        operands = [self._known[arg] for arg in node.args]
        for operand in operands:
            if isinstance(operand, FormulaError):
                return operand
        try:
            return self._apply(node, cast("list[Value]", operands))
        except FormulaError as error:
            return error

    def _apply(self, node: Call, operands: list[Value]) -> Value:
        op = node.op
        primitive = PRIMITIVES.get(op)
        if primitive is not None:
            return primitive(*map(folded, operands)) if node.ci else primitive(*operands)
        law = LAWS.get(op)
        if law is not None:
            return apply(NEGATION if op == "-" and len(operands) == 1 else law, op, operands, self._world)
        match op:
            case Primitive.CHANGED:
                return self._changed(node.args[0], operands[0])
            case "NOT":
                return _negated(operands[0])
            case "ISNEW":
                return self._world.is_new
            case "ISCLONE":
                return self._world.is_new and self._world.is_clone
            case _:
                raise UnsupportedError(f"{op} is not evaluated")

    def _changed(self, field: Expr, after: Value) -> bool:
        if not isinstance(field, Field):
            raise TypeMismatchError("only a field changes")
        return changed(self._world.before(field), after)


def _negated(operand: Value) -> Value:
    """NOT: the negation of a blank is blank."""
    if operand is None:
        return None
    if not isinstance(operand, bool):
        raise TypeMismatchError("NOT takes a Boolean")
    return not operand
