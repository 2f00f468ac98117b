"""What the rounds of a loop set plain variables to, and the kinds of what they put into variables and collections."""

from collections.abc import Iterable, Sequence

from sfoptlint.automation.apex.further import like_earlier
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import alternatives
from sfoptlint.automation.apex.store import Store
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import ObjectCell, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.automation.places import split_key
from sfoptlint.core.expr import Call, Const, Expr, Free, FreeKind, Primitive, Type, nodes
from sfoptlint.lang.apex.nodes import Node

_FEW = 4
"""Values that a variable is known to be one of."""
_LOOKED_AT = 64
"""Values that a round may set which are told apart."""


class RoundValues:
    """The values that rounds of one loop set; what was left open once stays so."""

    def __init__(self, run: Run, node: Node, store: Store, when: Expr) -> None:
        self._run = run
        self._terms = run.terms
        self._at = run.place(node)
        self._loop = run.loop(node)
        self._opened: set[str] = set()
        self._before = self._after = store
        self._made: set[int] = set()
        """What stands in the heap since an earlier round."""
        self._kinds: dict[str, set[object]] = {}
        """Of each variable and collection the kinds of what rounds put there."""
        self._known: dict[str, list[Expr]] = {}
        """Of each variable the values that rounds set."""
        again = self._free("again", Type.BOOLEAN, "the loop has gone round before")
        self._again = run.terms.all(when, again)

    def _is_further(self, name: str, values: Iterable[Value], then: Value | None = None) -> bool:
        """Whether a round set what no round before set the like of."""
        known = self._kinds.setdefault(name, set())
        if then is not None:
            known |= {self._kind(v) for v in alternatives(then) if isinstance(v, Ref) and v.cell in self._made}
        kinds = {self._kind(value) for value in values} - known
        known |= kinds
        return bool(kinds)

    def _kind(self, value: Value) -> object:
        """Return what values of several rounds have in common that are alike: constants and fields are each of their own."""
        match value:
            case Ref():
                match self._after.get(value.cell):
                    case RecordCell(object=object_, ref=ref, origin=Origin.ROW) if ref is not None:
                        return object_, split_key(ref.key)[0]
                    case _ if value.cell in self._before and value.cell not in self._made:
                        return value
                    case ObjectCell(cls=cls):
                        return cls
                    case other:
                        return type(other)
            case Scalar(expr=expr):
                rows = frozenset(split_key(row.key)[0] for row in self._terms.rows(expr))
                return rows or (Free if any(isinstance(node, Free) for node in nodes(expr)) else expr)
        return value

    def _scalar(self, name: str, now: Scalar, then: Scalar) -> Scalar:
        """Return one of the few values that rounds set, or any one."""
        if name in self._opened:
            return then
        known = self._known.setdefault(name, [])
        found = _set(now.expr, then.expr, self._terms)
        fresh = [one for one in found if not self._is_known(one, known)]
        if len(known) + len(fresh) <= _FEW and (not known or all(map(_is_state, fresh))):
            return self._one_of(name, fresh, then)
        return self._any(name, now, then)

    def _is_known(self, expr: Expr, known: Sequence[Expr]) -> bool:
        """Whether an earlier round set this, or its like for its own row; a condition may come to either constant."""
        if expr in known or like_earlier(self._run, expr, self._loop) in known:
            return True
        either = isinstance(expr, Const) and isinstance(expr.value, bool)
        return either and any(one.type is Type.BOOLEAN and not isinstance(one, Const) for one in known)

    def _any(self, name: str, now: Scalar, then: Scalar) -> Scalar:
        self._opened.add(name)
        free = self._free(name, now.expr.type, "what the loop left", *_set(now.expr, then.expr, self._terms))
        return Scalar(self._terms.choose(self._again, free, then.expr))

    def _one_of(self, name: str, fresh: Sequence[Expr], then: Scalar) -> Scalar:
        left, known = then.expr, self._known[name]
        for one in fresh:
            free = self._again
            if known:
                free = self._free(f"{name} {len(known)}", Type.BOOLEAN, "what the loop left is another one")
            left = self._terms.choose(free, one, left)
            known.append(one)
        return then if left is then.expr else Scalar(left)

    def _free(self, name: str, type_: Type, text: str, *inputs: Expr) -> Expr:
        at, run = self._at, self._run
        named = run.again(f"{at.path}:{at.line}:{name}", f"{run.frame.id}{run.trials}{run.rounds}")
        return self._terms.free(named, type_, FreeKind.HAVOC, at, text, inputs)


def _set(now: Expr, then: Expr, terms: Terms) -> list[Expr]:
    """Return what an expression comes to, whatever the conditions in it say, where it is not what was there before."""
    found, left, seen = dict[Expr, None](), [now], {then}
    while left and len(found) < _LOOKED_AT:
        expr = left.pop()
        if expr in seen:
            continue
        seen.add(expr)
        match expr:
            case Call(op=Primitive.IF, args=(_, yes, no)):
                left += [no, yes]
            case Call(op=Primitive.AND | Primitive.OR as op, args=parts) if _parts(then, op) <= set(parts):
                found[terms.const(op == Primitive.OR)] = None
            case _:
                found[expr] = None
    return [*found, *left]


def _is_state(expr: Expr) -> bool:
    """Whether a further value may be one of a few; a number counts on."""
    return isinstance(expr, Const) and expr.type is not Type.NUMBER


def _parts(expr: Expr, op: str) -> set[Expr]:
    return set(expr.args) if isinstance(expr, Call) and expr.op == op else {expr}
