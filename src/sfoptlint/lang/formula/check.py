"""What the platform's compiler would refuse in a tree that parses: functions it does not have, or not like this."""

from sfoptlint.core.errors import did_you_mean
from sfoptlint.lang.formula.catalogue import FUNCTIONS, Context, Function
from sfoptlint.lang.formula.diagnostics import Diagnostic, Problem
from sfoptlint.lang.formula.nodes import Call, Node, walk


def check(tree: Node, context: Context | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the tree's function calls, in the order they are written.

    Without a context, every function counts as allowed.
    """
    found = (check_call(node, context) for node in walk(tree) if isinstance(node, Call))
    return tuple(diagnostic for diagnostic in found if diagnostic is not None)


def check_call(call: Call, context: Context | None = None) -> Diagnostic | None:
    """Return what is wrong with this one call, its arguments left aside."""
    function = FUNCTIONS.get(call.name.upper())
    if function is None:
        hint = did_you_mean(call.name.upper(), FUNCTIONS).removeprefix("; ")
        return Diagnostic(Problem.UNKNOWN_FUNCTION, f"unknown function {call.name}", call.span, hint)
    if not _fits(function, len(call.args)):
        given = f"{len(call.args)} given" if call.args else "none given"
        message = f"{function.name} takes {_expected(function)}, {given}"
        return Diagnostic(Problem.ARGUMENT_COUNT, message, call.span)
    if context is not None and context not in function.contexts:
        return Diagnostic(Problem.CONTEXT, f"{function.name} is not allowed in a {context}", call.span)
    return None


def _fits(function: Function, count: int) -> bool:
    if count < function.least or (function.most is not None and count > function.most):
        return False
    if function.name == "CASE":
        return count % 2 == 0
    return count % 2 == 1 if function.name == "IFS" else True


def _expected(function: Function) -> str:
    least, most = function.least, function.most
    if function.name == "CASE":
        return "a value, pairs of a value and a result, and a last result"
    if function.name == "IFS":
        return "pairs of a condition and a result, and a last result"
    if most is None:
        return f"at least {least} argument{'s' * (least != 1)}"
    if most == least:
        return f"{least or 'no'} argument{'s' * (least != 1)}"
    return f"{least} to {most} arguments"
