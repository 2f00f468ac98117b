"""Where a flow stands: the guard of the way here, and what its variables hold; and how two ways become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from sfoptlint.automation.automation import Step, Timing
from sfoptlint.automation.flow.values import FieldOf, Value, chosen
from sfoptlint.core.expr import Const, Expr, Interner
from sfoptlint.core.logic import all_of, any_of, not_

Path = tuple[Expr, ...]
"""Guards that all hold on the way here."""


@dataclass(frozen=True, slots=True)
class State:
    """`values` are by name in lower case; `epoch` changes with every write to the database."""

    path: Path
    values: Mapping[str, Value]
    timing: Timing = Timing.NOW
    steps: tuple[Step, ...] = ()
    epoch: str = ""

    def guard(self, interner: Interner) -> Expr:
        """Return the guard of the way here."""
        return all_of(self.path, interner)

    def under(self, condition: Expr, interner: Interner) -> "State | None":
        """Return the state in which the condition holds too; None where it cannot."""
        if isinstance(condition, Const):
            return self if condition.value is True else None
        if condition in self.path:
            return self
        return None if not_(condition, interner) in self.path else replace(self, path=(*self.path, condition))

    def having(self, name: str, value: Value) -> "State":
        """Return the state in which a variable holds this value."""
        return replace(self, values={**self.values, name: value})

    def written(self, key: str) -> "State":
        """Return the state after a write to the database at this place."""
        return replace(self, epoch=_mark(f"{self.epoch}+{key}"))

    def after(self, step: Step) -> "State":
        """Return the state one step further."""
        return replace(self, steps=(*self.steps, step))


def as_it_was(state: State) -> State | None:
    """Return the state in which `$Record`, by whichever name, is as it was stored; None where there is no such record."""
    stored, now = state.values.get("$record__prior"), state.values.get("$record")
    if stored is None:
        return None
    values = {name: stored if value == now or name == "$record" else value for name, value in state.values.items()}
    return replace(state, values=values)


def merged(states: Sequence[State], interner: Interner, field_of: FieldOf) -> State:
    """Return the state in which one of these is; no two of their guards hold together."""
    if len(states) == 1:
        return states[0]
    prefix = _shared([state.path for state in states])
    rests = [state.path[prefix:] for state in states]
    path = (*states[0].path[:prefix], *_either(rests, interner))
    values = _values(states, [all_of(rest, interner) for rest in rests], interner, field_of)
    steps = states[0].steps[: _shared([state.steps for state in states])]
    epochs = sorted({state.epoch for state in states})
    epoch = epochs[0] if len(epochs) == 1 else _mark("|".join(epochs))
    return replace(states[0], path=path, values=values, steps=steps, epoch=epoch)


def _mark(history: str) -> str:
    return blake2b(history.encode(), digest_size=8).hexdigest()


def _shared(sequences: Sequence[tuple[object, ...]]) -> int:
    length = 0
    for items in zip(*sequences, strict=False):
        if any(item is not items[0] and item != items[0] for item in items[1:]):
            break
        length += 1
    return length


def _either(rests: Sequence[Path], interner: Interner) -> Path:
    """Return what holds where one of the ways was taken; two ways that differ in one decision are one way without it."""
    left = [dict.fromkeys(rest) for rest in rests]
    at = 0
    while at < len(left):
        joined = next(
            (j for j in range(len(left)) if j != at and _resolved(left[at], left[j], interner) is not None), None
        )
        if joined is None:
            at += 1
            continue
        resolved = _resolved(left[at], left[joined], interner)
        assert resolved is not None
        left = [*(way for k, way in enumerate(left) if k not in (at, joined)), resolved]
        at = 0
    if any(not way for way in left):
        return ()
    if len(left) == 1:
        return tuple(left[0])
    return (any_of((all_of(way, interner) for way in left), interner),)


def _resolved(one: dict[Expr, None], other: dict[Expr, None], interner: Interner) -> dict[Expr, None] | None:
    only, others = [g for g in one if g not in other], [g for g in other if g not in one]
    if not only or not others:
        return one if not only else other
    if len(only) == len(others) == 1 and (not_(only[0], interner) is others[0] or not_(others[0], interner) is only[0]):
        return {g: None for g in one if g in other}
    return None


def _values(
    states: Sequence[State], guards: Sequence[Expr], interner: Interner, field_of: FieldOf
) -> Mapping[str, Value]:
    first = states[0].values
    if all(state.values is first for state in states):
        return first
    found: dict[str, Value] = {}
    names = dict.fromkeys(name for state in states for name in state.values)
    for name in names:
        held = [state.values[name] for state in states if name in state.values]
        if all(value is held[0] for value in held[1:]) and len(held) == len(states):
            found[name] = held[0]
            continue
        here = [
            (guard, state.values[name]) for guard, state in zip(guards, states, strict=True) if name in state.values
        ]
        value = here[-1][1]
        for guard, other in reversed(here[:-1]):
            value = chosen(guard, other, value, interner, field_of)
        found[name] = value
    return found
