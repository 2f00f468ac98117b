"""How many stored records meet a guard: a `SELECT COUNT()` to run in the org.

The guard is asked of a save that changes nothing, or of the opt-out itself. What cannot be written is taken to be so, which
makes the query count too many and never too few; a condition in negation normal form only grows by that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from sfoptlint.core.expr import AFTER, Call, Expr, Field, Primitive
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Direction, OptOutObject
from sfoptlint.explain.columns import NotWritableError, Schema
from sfoptlint.explain.facts import fact_words
from sfoptlint.explain.sense import Fact, Joined, Shape, shape
from sfoptlint.explain.soql_facts import Caveat, Caveats, beyond_record, fact_condition

LONGEST_WHERE: Final = 4000
"""Characters of a WHERE clause that every API takes (Salesforce Developer Limits, SOQL and SOSL Limits)."""
_DEEPEST: Final = 60
_MOST_LEFT_OUT: Final = 20
_MOST_TOLD: Final = 3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Query:
    """A count query. Where it is not `exact` it counts too many; `left_out` says what it does not ask, and why."""

    text: str
    exact: bool
    left_out: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoQuery:
    """There is no query, for this reason."""

    reason: str


def count_query(object_name: str, guard: Expr, schema: Schema, direction: Direction | None = None) -> Query | NoQuery:
    """Return the query that counts the stored records for which the guard is TRUE.

    Without a direction the record is saved as it is: nothing changes, and what was is what is. With one, the opt-out box
    goes that way, and only records that stand at its start are counted. Every Account is a person account. What the
    platform itself writes on every save, the audit fields, counts as unchanged too.
    """
    box = OPT_OUT_FIELD.get(OptOutObject(object_name)) if object_name in set(OptOutObject) else None
    update = None if direction is None or box is None else _Update(box, direction)
    try:
        where = _Where(schema, beyond_record(guard)).clause(
            shape(guard, _unchanged if update is None else update.known)
        )
    except _TooLargeError:
        return NoQuery("the condition is too large for a query")
    if where.text is False:
        return NoQuery("no stored record meets the condition")
    if where.text is True and where.left_out:
        return NoQuery(f"the condition cannot be written as a query: {_few(where.left_out)}")
    terms = [*(_of_object(object_name)), *(() if update is None else (update.start,))]
    if isinstance(where.text, str):
        terms.append(_inside(where, "AND") if terms else where.text)
    clause = f" WHERE {' AND '.join(terms)}" if terms else ""
    text = f"SELECT COUNT() FROM {object_name}{clause}"  # noqa: S608 - a text for people; its literals are escaped
    return Query(text, not where.left_out, where.left_out, _sentences(where.caveats))


def _sentences(caveats: Caveats) -> tuple[str, ...]:
    about = {kind: [detail for found, detail in caveats if found is kind] for kind in Caveat}
    return tuple(f"{kind} {', '.join(details)}".strip() for kind, details in about.items() if details)


def _few(left_out: tuple[str, ...]) -> str:
    more = len(left_out) - _MOST_TOLD
    return "; ".join(left_out[:_MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")


def _of_object(object_name: str) -> Iterable[str]:
    return ("IsPersonAccount = TRUE",) if object_name == OptOutObject.ACCOUNT else ()


@dataclass(frozen=True, slots=True)
class _Update:
    """The opt-out box goes one way, and nothing else changes."""

    box: str
    direction: Direction

    @property
    def start(self) -> str:
        return f"{self.box} = {'TRUE' if self.direction is Direction.OPT_IN else 'FALSE'}"

    def known(self, node: Expr) -> bool | None:
        match node:
            case Field(path=(name,), record=record) if name == self.box:
                return (self.direction is Direction.OPT_OUT) is (record == AFTER)
            case Call(op=Primitive.CHANGED, args=(Field(path=(name,)),)) if name == self.box:
                return True
            case Call(op="=" | "<>" | Primitive.SAME as op, args=(Field(path=one), Field(path=other))) if (
                one == other == (self.box,)
            ):
                return (op == "<>") is (node.args[0] is not node.args[1])
            case _:
                return _unchanged(node)


def _unchanged(node: Expr) -> bool | None:
    match node:
        case Call(op=Primitive.CHANGED | "ISNEW" | "ISCLONE"):
            return False
        case Call(op=Primitive.SAME, args=(Field(path=one), Field(path=other))) if one == other:
            return True
        case _:
            return None


class _TooLargeError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Clause:
    """A condition of WHERE, and how its parts are joined, if they are; TRUE and FALSE have no text."""

    text: str | bool
    joined: str = ""
    left_out: tuple[str, ...] = ()
    caveats: Caveats = ()


class _Where:
    """The WHERE clause of one query."""

    __slots__ = ("_beyond", "_done", "_schema")

    def __init__(self, schema: Schema, beyond: Mapping[Expr, str]) -> None:
        self._schema = schema
        self._beyond = beyond
        self._done: dict[int, _Clause] = {}

    def clause(self, of: Shape, depth: int = 0) -> _Clause:
        """Return the clause; raises `_TooLargeError`."""
        if isinstance(of, bool):
            return _Clause(of)
        if id(of) not in self._done:
            clause = self._fact(of) if isinstance(of, Fact) else self._joined(of, depth)
            if isinstance(clause.text, str) and len(clause.text) > LONGEST_WHERE:
                raise _TooLargeError
            self._done[id(of)] = clause
        return self._done[id(of)]

    def _fact(self, fact: Fact) -> _Clause:
        reason = self._beyond.get(fact.node)
        if reason is None:
            try:
                condition = fact_condition(fact, self._schema)
            except NotWritableError as error:
                reason = str(error)
            else:
                return _Clause(condition.text, caveats=condition.caveats)
        return _Clause(True, left_out=(f"{fact_words(fact)} ({reason})",))

    def _joined(self, of: Joined, depth: int) -> _Clause:
        if depth > _DEEPEST:
            raise _TooLargeError
        parts = [self.clause(part, depth + 1) for part in of.parts]
        decided = [part for part in parts if part.text is not of.every and isinstance(part.text, bool)]
        if decided:
            # One part settles it; an exact one says so without reserve.
            sure = any(not part.left_out for part in decided)
            reasons = () if sure else _once(entry for part in decided for entry in part.left_out)[:_MOST_LEFT_OUT]
            return _Clause(not of.every, left_out=reasons)
        kept = [part for part in parts if isinstance(part.text, str)]
        left_out = _once(entry for part in parts for entry in part.left_out)[:_MOST_LEFT_OUT]
        caveats = _once(entry for part in kept for entry in part.caveats)
        word = "AND" if of.every else "OR"
        texts = _once(_inside(part, word) for part in kept)
        if not texts:
            return _Clause(of.every, left_out=left_out)
        joined = word if len(texts) > 1 else kept[0].joined
        return _Clause(f" {word} ".join(texts), joined, left_out, caveats)


def _inside(clause: _Clause, word: str) -> str:
    assert isinstance(clause.text, str)
    return clause.text if clause.joined in ("", word) else f"({clause.text})"


def _once(entries: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(entries))
