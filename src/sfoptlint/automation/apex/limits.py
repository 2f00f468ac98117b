"""Governor limits that a chunk of 200 records passes by itself (Apex Developer Guide, "Execution Governors and Limits").

Counted is what the tree shows: 200 times what stands in a loop over the chunk, once what stands outside. The chunk is one of
alike records, each of which goes the way that spends.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from sfoptlint.automation.apex.frames import Shared, Spent
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.automation import Block, Effect, Step, Unknown
from sfoptlint.core import verdict
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
from sfoptlint.core.location import Place
from sfoptlint.core.schema import FieldType
from sfoptlint.core.verdict import Cause
from sfoptlint.lang.soql import nodes as soql

_CODE = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
_LIMITS = {"query": (200, 100), "DML statement": (150, 150), "job": (1, 50), "future call": (0, 50)}
_MOST = 12


def over_limit(run: Run, chunk: Shared | None = None) -> list[Effect]:
    """Return a block for each limit that can be passed."""
    spent = [_of_chunk(run, one, chunk) if chunk is not None and one.looped else one for one in run.spent]
    return [effect for what in _LIMITS for effect in _over(run, what, [one for one in spent if one.what == what])]


def passed_in_company(alone: Run, company: Run, holds_more: Expr) -> list[Effect]:
    """Return where records after the first may pass a limit, by what they spend and a record by itself does not.

    Three records do not say how many of two hundred go that way, so that it is left open.
    """
    later: dict[tuple[str, Place], list[Spent]] = {}
    own = {(one.what, one.at) for one in alone.spent}
    for one in () if company.exhausted else company.spent:
        if one.loops and (one.what, one.at) not in own and all(company.gone_round[loop] > 1 for loop in one.loops):
            later.setdefault((one.what, one.at), []).append(one)
    found: list[Effect] = []
    for what, limits in _LIMITS.items():
        sites = [spent[-1] for spent in later.values() if spent[0].what == what and len(spent) > 1]
        looped = sum(one.looped for one in alone.spent if one.what == what)
        if (len(sites) + looped) * company.chunk - len(sites) > limits[0 if company.batch else 1]:
            found += (_may_pass(company, one, holds_more) for one in sites)
    return found


def _may_pass(company: Run, one: Spent, holds_more: Expr) -> Effect:
    reason = f"how many records of a chunk spend a {one.what} here, after the first, was not counted"
    may = Unknown(reason, frozenset({verdict.Effect.BLOCK}))
    return Effect(company.terms.all(holds_more, one.guard), may, one.at, steps=(*one.steps, Step(one.at, reason)))


def is_free(tree: soql.SoqlQuery, run: Run) -> bool:
    """Whether a query counts against no limit: one of custom metadata, but for long texts.

    Apex Developer Guide, "Execution Governors and Limits"; Custom Metadata Types Implementation Guide.
    """
    name = tree.sources[0].name
    model = run.terms.objects.get(name)
    names = [s.value.name for s in tree.select if isinstance(s.value, soql.FieldName)]
    fields = [model.field(name) for name in names]
    return name.casefold().endswith("__mdt") and not any(f and f.type is FieldType.LONG_TEXT_AREA for f in fields)


def _of_chunk(run: Run, one: Spent, chunk: Shared) -> Spent:
    key = one.what, one.at
    if key in chunk.once:
        return replace(one, times=1, looped=False)
    if key not in chunk.apart:
        return one
    name, text = f"{one.at.path}:{one.at.line}:{one.at.column}:apart", "the records of the chunk differ"
    differ = run.terms.free(name, Type.BOOLEAN, FreeKind.OTHER, one.at, text)
    return replace(one, guard=run.terms.all(one.guard, differ))


def _over(run: Run, what: str, spent: list[Spent]) -> Iterator[Effect]:
    limit = _LIMITS[what][0 if run.batch else 1]
    seen: set[Expr | Place] = set()
    for at, guard in _ways(run, spent, limit):
        key = at.at if run.terms.one_way else guard
        if key in seen or (isinstance(guard, Const) and guard.value is not True):
            continue
        seen.add(key)
        where = "in a loop over the chunk" if at.looped else "on this way"
        message = f"more than {limit} x {what}: one {where} passes the limit of its context"
        steps = (*at.steps, Step(at.at, message))
        yield Effect(guard, Block(Cause.LIMIT, _CODE, message), at.at, steps=steps, place=f"{at.at.path}:{at.at.line}")


def _ways(run: Run, spent: list[Spent], limit: int) -> Iterator[tuple[Spent, Expr]]:
    looped = [s for s in spent if s.looped][:_MOST]
    for one in looped:
        if one.times > limit:
            yield one, one.guard
    if looped and looped[0].times > limit:
        return
    single = [s for s in spent if not s.looped]
    pairs = [*combinations(looped, 2), *((other, one) for one in looped for other in single[:_MOST])]
    if limit < 2:
        pairs += list(combinations(single[:_MOST], 2))
    for one, other in pairs:
        if one.times + other.times > limit:
            yield other, run.terms.all(one.guard, other.guard)
