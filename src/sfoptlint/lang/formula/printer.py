"""A tree to text: as a formula that parses to the same tree, or as an s-expression for people who check precedence."""

from sfoptlint.lang.formula.nodes import Binary, Boolean, Call, Node, Null, Number, Reference, Text, Unary
from sfoptlint.lang.formula.parser import PRECEDENCE, PREFIX

_Piece = str | tuple[Node, int]
"""Text, or a node still to print with the precedence that its place asks for."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def print_formula(tree: Node) -> str:
    """Return the formula with no parenthesis that it does not need; `parse` gives the same tree back."""
    out: list[str] = []
    pending: list[_Piece] = [(tree, 0)]
    while pending:
        piece = pending.pop()
        if isinstance(piece, str):
            out.append(piece)
        else:
            pending.extend(reversed(_formula(*piece)))
    return "".join(out)


def print_tree(tree: Node) -> str:
    """Return the s-expression: `1+2*x` is `( + 1 ( * 2 x ) )`; a call without arguments is its bare name."""
    out: list[str] = []
    pending: list[_Piece] = [(tree, 0)]
    while pending:
        piece = pending.pop()
        if isinstance(piece, str):
            out.append(piece)
        else:
            pending.extend(reversed(_tree(piece[0])))
    return " ".join(out)


def quote(value: str) -> str:
    """Return the text as a literal in double quotes."""
    return f'"{value.translate(_ESCAPES)}"'


def _formula(node: Node, floor: int) -> list[_Piece]:
    match node:
        case Binary(op=op, left=left, right=right):
            own = PRECEDENCE[op]
            pieces: list[_Piece] = [(left, own), f" {op} ", (right, own + 1)]
            return ["(", *pieces, ")"] if own < floor else pieces
        case Unary(op=op, operand=operand):
            return [f"{op}(", (operand, 0), ")"] if op.isalpha() else [op, (operand, PREFIX)]
        case Call(name=name, args=args):
            pieces = [f"{name}("]
            for number, argument in enumerate(args):
                pieces += [", "] * (number > 0) + [(argument, 0)]
            return [*pieces, ")"]
        case _:
            return [_leaf(node)]


def _tree(node: Node) -> list[_Piece]:
    match node:
        case Binary(op=op, left=left, right=right):
            return ["(", op, (left, 0), (right, 0), ")"]
        case Unary(op=op, operand=operand):
            return ["(", op, (operand, 0), ")"]
        case Call(name=name, args=args):
            return ["(", name, *((argument, 0) for argument in args), ")"] if args else [name]
        case _:
            return [_leaf(node)]


def _leaf(node: Number | Text | Boolean | Null | Reference) -> str:
    match node:
        case Number(text=text):
            return text
        case Text(value=value):
            return quote(value)
        case Boolean(value=value):
            return "true" if value else "false"
        case Null():
            return "null"
        case Reference(name=name, braced=braced):
            return f"{{!{name}}}" if braced else name
