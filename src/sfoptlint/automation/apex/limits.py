"""Governor limits that a chunk of 200 records passes by itself (Apex Developer Guide, "Execution Governors and Limits").

Counted is what the tree shows: 200 times what stands in a loop over the chunk, once what stands outside. The chunk is one of
alike records, each of which goes the way that spends.
"""

from collections.abc import Iterator
from itertools import combinations

from sfoptlint.automation.apex.frames import Spent
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.automation import Block, Effect, Step
from sfoptlint.core.expr import Const, Expr
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Cause

_CODE = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
_LIMITS = {"query": (200, 100), "DML statement": (150, 150), "job": (1, 50), "future call": (0, 50)}
_MOST = 12


def over_limit(run: Run) -> list[Effect]:
    """Return a block for each limit that can be passed."""
    return [effect for what in _LIMITS for effect in _over(run, what)]


def _over(run: Run, what: str) -> Iterator[Effect]:
    limit = _LIMITS[what][0 if run.batch else 1]
    spent = [s for s in run.spent if s.what == what]
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
