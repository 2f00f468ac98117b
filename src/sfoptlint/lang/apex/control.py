"""Branches, loops and exceptions: Apex Developer Guide, "Control Flow Statements" and "Exception Statements"."""

from sfoptlint.lang.apex.blocks import BlockParser
from sfoptlint.lang.apex.nodes import (
    CatchClause,
    DoStatement,
    EnhancedForStatement,
    Expression,
    FinallyClause,
    ForStatement,
    IfBranch,
    IfStatement,
    LocalVariableDeclaration,
    Statement,
    TryStatement,
    WhileStatement,
)


def if_statement(parser: BlockParser) -> Statement:
    """Read an if statement with all its `else if`, which real sources chain by the hundred."""
    start = parser.starts[parser.i]
    branches: list[IfBranch] = []
    alternative: Statement | None = None
    while True:
        branches.append(_branch(parser))
        if not parser.accept("else"):
            break
        if parser.words[parser.i] != "if":
            alternative = parser.statement()
            break
    return IfStatement(start, parser.end(), tuple(branches), alternative)


def _branch(parser: BlockParser) -> IfBranch:
    start = parser.starts[parser.i]
    parser.i += 1
    condition = parser.condition()
    body = parser.statement()
    return IfBranch(start, parser.end(), condition, body)


def while_statement(parser: BlockParser) -> Statement:
    """Read a while loop."""
    start = parser.starts[parser.i]
    parser.i += 1
    condition = parser.condition()
    body = parser.statement()
    return WhileStatement(start, parser.end(), condition, body)


def do_statement(parser: BlockParser) -> Statement:
    """Read a do loop."""
    start = parser.starts[parser.i]
    parser.i += 1
    body = parser.statement()
    parser.expect("while")
    condition = parser.condition()
    parser.expect(";")
    return DoStatement(start, parser.end(), body, condition)


def for_statement(parser: BlockParser) -> Statement:
    """Read a for loop of either kind."""
    start = parser.starts[parser.i]
    parser.i += 1
    parser.expect("(")
    modifiers = parser.modifiers()
    declares = parser.declares(parser.i)
    if declares and parser.words[parser.after_type(parser.i) + 1] == ":":
        return _enhanced(parser, start)
    if declares:
        return _counted(parser, start, parser.local_variables(modifiers))
    init = _list(parser, ";")
    parser.expect(";")
    return _counted(parser, start, init)


def _enhanced(parser: BlockParser, start: int) -> Statement:
    type_ = parser.type_name()
    name = parser.name()
    parser.expect(":")
    value = parser.expression()
    parser.expect(")")
    body = parser.statement()
    return EnhancedForStatement(start, parser.end(), type_, name, value, body)


def _counted(parser: BlockParser, start: int, init: LocalVariableDeclaration | tuple[Expression, ...]) -> Statement:
    condition = None if parser.words[parser.i] == ";" else parser.expression()
    parser.expect(";")
    update = _list(parser, ")")
    parser.expect(")")
    body = parser.statement()
    return ForStatement(start, parser.end(), init, condition, update, body)


def _list(parser: BlockParser, closing: str) -> tuple[Expression, ...]:
    if parser.words[parser.i] == closing:
        return ()
    found = [parser.expression()]
    while parser.accept(","):
        found.append(parser.expression())
    return tuple(found)


def try_statement(parser: BlockParser) -> Statement:
    """Read a try statement with its catch clauses and its finally clause, of which there must be one."""
    start = parser.starts[parser.i]
    parser.i += 1
    body = parser.block()
    catches: list[CatchClause] = []
    while parser.words[parser.i] == "catch":
        catches.append(_catch(parser))
    finally_clause = None
    if parser.words[parser.i] == "finally":
        at = parser.starts[parser.i]
        parser.i += 1
        block = parser.block()
        finally_clause = FinallyClause(at, parser.end(), block)
    elif not catches:
        parser.fail("expected 'catch' or 'finally'")
    return TryStatement(start, parser.end(), body, tuple(catches), finally_clause)


def _catch(parser: BlockParser) -> CatchClause:
    start = parser.starts[parser.i]
    parser.i += 1
    parser.expect("(")
    parser.modifiers()
    type_ = parser.type_name()
    name = parser.name()
    parser.expect(")")
    body = parser.block()
    return CatchClause(start, parser.end(), type_, name, body)
