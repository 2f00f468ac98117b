"""Whether any record at all can be submitted to an approval process, by its entry criteria alone.

They were asked when the record was submitted, of values that have changed since; so only what no record ever meets counts: a
formula that is FALSE, or business accounts where every record is a person account.
"""

from datetime import UTC

from sfoptlint.automation.criteria import CriteriaCompiler
from sfoptlint.core.expr import Call, Const, Expr, Field, Interner, Primitive, Type, nodes
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.decide.simplify import simplified
from sfoptlint.metadata.approval_process import ApprovalProcess
from sfoptlint.model.objects import Objects


def never_submitted(process: ApprovalProcess, object_: OptOutObject, objects: Objects, interner: Interner) -> bool:
    """Return whether no record that has the box ever meets the entry criteria."""
    compiler = CriteriaCompiler(object_, objects, interner, OPT_OUT_FIELD[object_])
    entry = compiler.met(process.entry, process.path).guard
    done: dict[Expr, Expr] = {}
    false: set[Expr] = set()
    for node in nodes(entry):
        done[node] = _as_person(node, done, object_, interner)
        if _fails(done[node], node, false):
            false.add(node)
    return entry in false


def _as_person(node: Expr, done: dict[Expr, Expr], object_: OptOutObject, interner: Interner) -> Expr:
    match node:
        case Call():
            return simplified(node, tuple(done[arg] for arg in node.args), interner, UTC)
        case Field(path=(name,)) if object_ is OptOutObject.ACCOUNT and name.casefold() == "ispersonaccount":
            return interner.const(True, Type.BOOLEAN)
    return node


def _fails(simple: Expr, node: Expr, false: set[Expr]) -> bool:
    match simple, node:
        case Const(value=value), _:
            return value is not True
        case _, Call(op=Primitive.AND | Primitive.TRUTH, args=args):
            return any(arg in false for arg in args)
        case _, Call(op=Primitive.OR, args=args):
            return all(arg in false for arg in args)
    return False
