"""Short ways to the part of a tree that a test speaks of."""

from collections.abc import Callable

import pytest

from sfoptlint.lang.apex import nodes, parse


def render(node: nodes.Expression) -> str:  # noqa: C901, PLR0911, PLR0912
    """Write an expression with every grouping in parentheses, so that a test reads precedence off it."""
    match node:
        case nodes.BinaryExpression(operands=operands, operators=operators):
            pairs = zip(operators, operands[1:], strict=True)
            return f"({render(operands[0])}{''.join(f' {o} {render(x)}' for o, x in pairs)})"
        case nodes.AssignmentExpression(left=left, operator=operator, right=right):
            return f"({render(left)} {operator} {render(right)})"
        case nodes.TernaryExpression(condition=condition, consequence=consequence, alternative=alternative):
            return f"({render(condition)} ? {render(consequence)} : {render(alternative)})"
        case nodes.InstanceofExpression(left=left, right=type_):
            return f"({render(left)} instanceof {type_.name})"
        case nodes.CastExpression(type=type_, value=value):
            return f"cast({type_.name}, {render(value)})"
        case nodes.UnaryExpression(operator=operator, operand=operand):
            return f"{operator}{render(operand)}"
        case nodes.UpdateExpression(operator=operator, operand=operand, prefix=prefix):
            return f"pre{operator}{render(operand)}" if prefix else f"post{operator}{render(operand)}"
        case nodes.FieldAccess(object=object_, field=field, safe=safe):
            return f"{render(object_)}{'?.' if safe else '.'}{field}"
        case nodes.MethodInvocation(object=None, name=name, arguments=arguments):
            return f"{name}({', '.join(map(render, arguments))})"
        case nodes.MethodInvocation(object=nodes.Expression() as object_, name=name, arguments=arguments, safe=safe):
            return f"{render(object_)}{'?.' if safe else '.'}{name}({', '.join(map(render, arguments))})"
        case nodes.ArrayAccess(array=array, index=index):
            return f"{render(array)}[{render(index)}]"
        case nodes.Identifier(name=name):
            return name
        case nodes.IntLiteral(value=value):
            return str(value)
        case nodes.ClassLiteral(type=type_):
            return f"class({type_.name})"
        case _:
            return node.kind


@pytest.fixture
def statements() -> Callable[[str], tuple[nodes.Statement, ...]]:
    """Parse the body of a method and return its statements; nothing in it may be a gap."""

    def read(body: str) -> tuple[nodes.Statement, ...]:
        unit = parse(f"class A {{ void run() {{ {body} }} }}")
        assert unit.gaps == (), unit.gaps
        (method,) = (node for node in nodes.walk(unit) if isinstance(node, nodes.MethodDeclaration))
        assert method.body is not None
        return method.body.statements

    return read


@pytest.fixture
def expression(
    statements: Callable[[str], tuple[nodes.Statement, ...]],
) -> Callable[[str], nodes.Expression]:
    """Parse one expression."""

    def read(text: str) -> nodes.Expression:
        (statement,) = statements(f"return {text};")
        assert isinstance(statement, nodes.ReturnStatement)
        assert statement.value is not None
        return statement.value

    return read


@pytest.fixture
def shown(expression: Callable[[str], nodes.Expression]) -> Callable[[str], str]:
    """Parse one expression and write it with every grouping in parentheses."""
    return lambda text: render(expression(text))


@pytest.fixture
def members() -> Callable[[str], tuple[nodes.Member, ...]]:
    """Parse the body of a class and return its members; nothing in it may be a gap."""

    def read(body: str) -> tuple[nodes.Member, ...]:
        unit = parse(f"public class A {{ {body} }}")
        assert unit.gaps == (), unit.gaps
        (declaration,) = unit.declarations
        assert isinstance(declaration, nodes.ClassDeclaration)
        return declaration.members

    return read
