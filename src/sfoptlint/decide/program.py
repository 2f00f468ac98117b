"""A guard laid out flat: slots in topological order, each with its operator, its operands and what it may be.

Comparisons of the same two operands share one relation slot, so that `F < G` and `F > G` cannot both hold; a comparison
without regard to case compares the folded texts; `NOW()` is a variable and `TODAY()` its date.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sfoptlint.core.expr import Call, Const, Expr, Field, Free, Global, Primitive, Type, Value
from sfoptlint.decide.domain import ANY, ANYTHING, BLANK, FALSE, ORDERED, TRUE, Abstract, exactly

RELATION: Final = "relation"
FOLDED: Final = "folded"
CONST: Final = "const"
VARIABLE: Final = "variable"
CLOCK: Final = "clock"

COMPARISONS: Final[frozenset[str]] = frozenset(
    {Primitive.SAME, Primitive.LESS, Primitive.LESS_EQUAL, "=", "<>", "<", "<=", ">", ">="}
)
_ORDERS: Final = frozenset({"<", "<=", ">", ">="})
_TYPED: Final = _ORDERS | {"=", "<>"}
_BOOLEAN_OPERANDS: Final[frozenset[str]] = frozenset(
    {Primitive.AND, Primitive.OR, Primitive.NOT, Primitive.TRUTH, "NOT"}
)
_BRANCHES: Final[Mapping[str, int]] = {Primitive.IF: 1, "IFERROR": 0, "BLANKVALUE": 0}
"""Operators that hand a value through, and the first operand that they do."""

_TELLING: Final = _BOOLEAN_OPERANDS | _TYPED | {Primitive.SAME, *_BRANCHES}
"""Operators that say what their operands are."""
_OF_THEIR_OWN: Final = COMPARISONS | {"NOW", "TODAY", "TIMENOW", "DATEVALUE", Primitive.CHANGED}
"""Operators that are laid out in another way than as one slot."""
_BOOLEAN, _UNKNOWN, _SAME, _IF = Type.BOOLEAN, Type.UNKNOWN, Primitive.SAME, Primitive.IF

Leaf = Field | Global | Free


@dataclass(slots=True)
class Program:
    """The slots of some expressions; what is compiled once stays as it is.

    `leaves` are the variables' expressions by slot, `types` what each slot's value is, UNKNOWN where nothing says it.
    `spellings` are the folded literals as they were written, `roots` what every other slot is below of.
    """

    ops: list[str] = field(default_factory=list)
    args: list[tuple[int, ...]] = field(default_factory=list)
    types: list[Type] = field(default_factory=list)
    boolean: list[bool] = field(default_factory=list)
    users: list[list[int]] = field(default_factory=list)
    calls: list[Call | None] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    leaves: dict[int, Leaf] = field(default_factory=dict)
    constants: dict[int, Value] = field(default_factory=dict)
    spellings: dict[int, Value] = field(default_factory=dict)
    roots: frozenset[int] = frozenset()
    slots: dict[Expr, int] = field(default_factory=dict)
    pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    clock: int | None = None

    def __len__(self) -> int:
        return len(self.ops)

    def add(self, op: str, args: tuple[int, ...], type_: Type, *, boolean: bool, call: Call | None = None) -> int:
        """Append a slot and return its number."""
        slot, depth = len(self.ops), 0
        for arg in args:
            users = self.users[arg]
            if not users or users[-1] != slot:
                users.append(slot)
            depth = max(depth, self.depths[arg])
        self.ops.append(op)
        self.args.append(args)
        self.types.append(type_)
        self.boolean.append(boolean)
        self.users.append([])
        self.calls.append(call)
        self.depths.append(1 + depth)
        return slot


def compile_program(roots: tuple[Expr, ...], order: list[Expr]) -> Program:
    """Lay out the expressions, whose nodes stand in topological order; each one's slot stands in `slots`."""
    program = Program()
    extend_program(program, roots, order)
    return program


def extend_program(program: Program, roots: tuple[Expr, ...], order: list[Expr]) -> None:
    """Lay out more expressions, of whose nodes those that are new to the program stand in topological order."""
    boolean, types = _infer(order, roots)
    for node in order:
        if isinstance(node, Call):
            args = tuple([program.slots[arg] for arg in node.args])
            if node.ci or node.op in _OF_THEIR_OWN:
                program.slots[node] = _call(program, node, args, boolean, types)
            else:
                type_ = types.get(node, node.type)
                program.slots[node] = program.add(node.op, args, type_, boolean=node in boolean, call=node)
            continue
        is_const = isinstance(node, Const)
        slot = program.add(CONST if is_const else VARIABLE, (), types.get(node, node.type), boolean=node in boolean)
        program.slots[node] = slot
        if isinstance(node, Const):
            program.constants[slot] = node.value
        else:
            program.leaves[slot] = node
    program.roots |= {program.slots[root] for root in roots}


def _infer(order: list[Expr], roots: tuple[Expr, ...]) -> tuple[set[Expr], dict[Expr, Type]]:
    """Say which nodes are Booleans, and which type the platform's compiler must have seen where the schema is silent.

    `F < 5` compiles for a number only, and `AND(F, ...)` for a checkbox: a formula that is stored has passed the compiler.
    """
    boolean: set[Expr] = {root for root in roots if root.type is Type.UNKNOWN}
    types: dict[Expr, Type] = {}
    texts: set[Expr] = set()
    for node in reversed(order):
        if node.type is _BOOLEAN:
            boolean.add(node)
        if type(node) is Call and node.op in _TELLING:
            boolean.update([arg for arg in _asked_for_truth(node, boolean) if arg.type is _UNKNOWN])
            if node.op in _TYPED:
                _agree(node.args, types)
            elif node.op == _SAME and any(arg.type is Type.TEXT for arg in node.args):
                texts.update(arg for arg in node.args if arg.type is _UNKNOWN)
    # Whoever is taken for two things is taken for neither.
    for node in [node for node in (*types, *texts) if node in boolean or (node in types and node in texts)]:
        types[node] = Type.UNKNOWN
        boolean.discard(node)
    return boolean, types


def _asked_for_truth(node: Call, boolean: set[Expr]) -> tuple[Expr, ...]:
    if node.op in _BOOLEAN_OPERANDS:
        return node.args
    if node.op in _TYPED and any(arg.type is _BOOLEAN for arg in node.args):
        return node.args
    condition = node.args[:1] if node.op == _IF else ()
    branches = node.args[_BRANCHES[node.op] :] if node.op in _BRANCHES and node in boolean else ()
    return (*condition, *branches)


def _agree(args: tuple[Expr, ...], types: dict[Expr, Type]) -> None:
    left, right = args
    for one, other in ((left, right), (right, left)):
        if one.type is Type.UNKNOWN and not isinstance(one, Const) and other.type in ORDERED:
            # Two demands that differ: nothing is known, and nothing may be proved from either.
            types[one] = other.type if types.get(one, other.type) is other.type else Type.UNKNOWN


def _call(program: Program, node: Call, args: tuple[int, ...], boolean: set[Expr], types: dict[Expr, Type]) -> int:
    if node.op in ("NOW", "TODAY", "TIMENOW"):
        return _clock(program, node)
    if node.op == "DATEVALUE" and args == (program.clock,):
        return _clock(program, Call("TODAY", (), node.type))
    if node.op == Primitive.CHANGED:
        return program.add(node.op, (), Type.BOOLEAN, boolean=True, call=node)
    if node.ci and node.op not in _BOOLEAN_OPERANDS:
        args = tuple(_folded(program, arg) for arg in args)
    if node.op in COMPARISONS and len(args) == 2:
        return _comparison(program, node, args)
    return program.add(node.op, args, types.get(node, node.type), boolean=node in boolean, call=node)


def _clock(program: Program, node: Call) -> int:
    if program.clock is None:
        program.clock = program.add(CLOCK, (), Type.DATETIME, boolean=False)
    if node.op == "NOW":
        return program.clock
    known = next((slot for slot in program.users[program.clock] if program.ops[slot] == node.op), None)
    return program.add(node.op, (program.clock,), node.type, boolean=False, call=node) if known is None else known


def _folded(program: Program, arg: int) -> int:
    if program.types[arg] not in (Type.TEXT, Type.UNKNOWN):
        return arg
    if arg in program.constants:
        value = program.constants[arg]
        slot = program.add(CONST, (), program.types[arg], boolean=False)
        program.constants[slot] = value.casefold() if isinstance(value, str) else value
        program.spellings[slot] = value
        return slot
    for user in program.users[arg]:
        if program.ops[user] == FOLDED:
            return user
    return program.add(FOLDED, (arg,), program.types[arg], boolean=False)


def _comparison(program: Program, node: Call, args: tuple[int, ...]) -> int:
    left, right = args
    pair = (left, right) if left <= right else (right, left)
    relation = program.pairs.get(pair)
    if relation is None:
        relation = program.add(RELATION, pair, Type.BOOLEAN, boolean=True)
        program.pairs[pair] = relation
    op = node.op if left <= right else _TURNED.get(node.op, node.op)
    types = (program.types[left], program.types[right])
    if op in _TYPED and Type.UNKNOWN in types:
        op = f"open{op}"
    elif op in _ORDERS and Type.TEXT in types:
        op = f"text{op}"
    return program.add(f"{op}?", (relation,), Type.BOOLEAN, boolean=True, call=node)


_TURNED: Final[Mapping[str, str]] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    Primitive.LESS: "greater",
    Primitive.LESS_EQUAL: "greater_equal",
}


def constant(program: Program, slot: int) -> Abstract:
    """Return what a literal is."""
    value = program.constants[slot]
    if program.boolean[slot]:
        return TRUE if value is True else FALSE if value is False else BLANK
    return exactly(value)


def anything(program: Program, slot: int) -> Abstract:
    """Return what a slot may be before anything is known."""
    if program.ops[slot] == RELATION:
        return 127
    return ANY if program.boolean[slot] else ANYTHING


def users_below(program: Program, goals: Iterable[int]) -> list[list[int]]:
    """Return the users of each slot that are among the goals, or below one."""
    asked = bytearray(len(program))
    pending = list(goals)
    while pending:
        slot = pending.pop()
        if not asked[slot]:
            asked[slot] = 1
            pending.extend(program.args[slot])
    return [[user for user in users if asked[user]] for users in program.users]
