"""The value of one operator over known operands, from the evaluator itself."""

from datetime import UTC, datetime, tzinfo
from typing import Final

from sfoptlint.core.expr import Call, Const, Type, Value
from sfoptlint.decide.program import FOLDED, Program
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Exact:
    """Asks the evaluator about one slot at a time and remembers the answers."""

    __slots__ = ("_known", "_program", "zone")

    def __init__(self, program: Program, zone: tzinfo) -> None:
        self._program = program
        self.zone = zone
        self._known: dict[tuple[object, ...], Value | FormulaError] = {}

    def apply(self, slot: int, operands: tuple[Value, ...]) -> Value | FormulaError:
        """Return the value of the slot's operator, or its error."""
        key = (slot, *operands)
        if key not in self._known:
            self._known[key] = self._apply(slot, operands)
        return self._known[key]

    def _apply(self, slot: int, operands: tuple[Value, ...]) -> Value | FormulaError:
        if self._program.ops[slot] == FOLDED:
            return operands[0].casefold() if isinstance(operands[0], str) else operands[0]
        call = self._program.calls[slot]
        assert call is not None
        now, args = _EPOCH, operands
        if call.op in ("TODAY", "TIMENOW"):
            assert isinstance(operands[0], datetime)
            now, args = operands[0], ()
        # Nodes made for one question are not interned: nothing compares them.
        types = tuple(arg.type for arg in call.args) or (Type.UNKNOWN,) * len(args)
        consts = tuple(Const(value, type_) for value, type_ in zip(args, types, strict=True))
        try:
            return evaluate(Call(call.op, consts, call.type, call.ci), World({}, now=now, zone=self.zone))
        except FormulaError as error:
            return error
