"""`new`: Apex Developer Guide, "Collections", "Using Constructors" and "sObject Types"."""

from sfoptlint.lang.apex.expressions import ExpressionParser
from sfoptlint.lang.apex.nodes import (
    ArrayCreationExpression,
    Expression,
    MapCreationExpression,
    MapEntry,
    ObjectCreationExpression,
    TypeName,
)


def creation(parser: ExpressionParser) -> Expression:
    """Read an expression that starts with `new`."""
    start = parser.starts[parser.i]
    parser.i += 1
    type_ = parser.type_name()
    match parser.words[parser.i]:
        case "(":
            arguments = parser.arguments()
            return ObjectCreationExpression(start, parser.end(), type_, arguments)
        case "[":
            return _sized(parser, start, type_)
        case "{" if type_.names[-1].lower() == "map" and not type_.dimensions:
            return _map(parser, start, type_)
        case "{":
            values = _values(parser)
            return ArrayCreationExpression(start, parser.end(), type_, None, values)
        case _:
            return parser.fail("expected '(', '[' or '{'")


def _sized(parser: ExpressionParser, start: int, element: TypeName) -> Expression:
    parser.i += 1
    size = parser.expression()
    parser.expect("]")
    type_ = TypeName(element.start, parser.end(), element.names, element.arguments, element.dimensions + 1)
    return ArrayCreationExpression(start, parser.end(), type_, size, ())


def _values(parser: ExpressionParser) -> tuple[Expression, ...]:
    parser.i += 1
    if parser.accept("}"):
        return ()
    values = [parser.expression()]
    while parser.accept(",") and parser.words[parser.i] != "}":
        values.append(parser.expression())
    parser.expect("}")
    return tuple(values)


def _map(parser: ExpressionParser, start: int, type_: TypeName) -> Expression:
    parser.i += 1
    entries: list[MapEntry] = []
    while parser.words[parser.i] != "}":
        key = parser.expression()
        parser.expect("=>")
        value = parser.expression()
        entries.append(MapEntry(key.start, parser.end(), key, value))
        if not parser.accept(","):
            break
    parser.expect("}")
    return MapCreationExpression(start, parser.end(), type_, tuple(entries))
