"""`switch on`: Apex Developer Guide, "Switch Statements"."""

from sfoptlint.lang.apex.blocks import BlockParser
from sfoptlint.lang.apex.nodes import Statement, SwitchLabel, SwitchRule, SwitchStatement, WhenSObjectType


def switch_statement(parser: BlockParser) -> Statement:
    """Read a switch statement."""
    start = parser.starts[parser.i]
    parser.i += 2
    condition = parser.expression()
    parser.expect("{")
    rules: list[SwitchRule] = []
    while not parser.accept("}"):
        rules.append(_rule(parser))
    return SwitchStatement(start, parser.end(), condition, tuple(rules))


def _rule(parser: BlockParser) -> SwitchRule:
    start = parser.starts[parser.i]
    parser.expect("when")
    label = _label(parser)
    body = parser.block()
    return SwitchRule(start, parser.end(), label, body)


def _label(parser: BlockParser) -> SwitchLabel:
    start = parser.starts[parser.i]
    if parser.accept("else"):
        return SwitchLabel(start, parser.end(), (), None)
    if parser.declares(parser.i):
        type_ = parser.type_name()
        name = parser.name()
        return SwitchLabel(start, parser.end(), (), WhenSObjectType(start, parser.end(), type_, name))
    values = [parser.expression()]
    while parser.accept(","):
        values.append(parser.expression())
    return SwitchLabel(start, parser.end(), tuple(values), None)
