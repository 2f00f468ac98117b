"""A tree to the steps that the matcher takes."""

from dataclasses import dataclass
from typing import Final

from sfoptlint.evaluate.errors import RegexTooComplicatedError
from sfoptlint.evaluate.regex.charset import CharSet
from sfoptlint.evaluate.regex.nodes import (
    Anchor,
    At,
    Atomic,
    Back,
    Choice,
    Greed,
    Group,
    Look,
    One,
    Regex,
    Repeat,
    Sequence,
)

MAX_STEPS: Final = 10_000
"""A pattern whose repetitions make more than this is too complicated."""


@dataclass(frozen=True, slots=True)
class Take:
    """Take one character of the set."""

    charset: CharSet


@dataclass(frozen=True, slots=True)
class Be:
    """Be at the anchor."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Split:
    """Go on at the first, and if that fails at the second."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Go on there."""

    to: int


@dataclass(frozen=True, slots=True)
class Save:
    """Note the place: group n begins at slot 2n and ends at slot 2n+1."""

    slot: int


@dataclass(frozen=True, slots=True)
class Again:
    """Take what a group captured."""

    number: int
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class Sub:
    """Run another program from here; `consume` takes what it matched, otherwise it only looks."""

    steps: tuple["Instruction", ...]
    consume: bool
    ahead: bool = True
    negated: bool = False


Instruction = Take | Be | Split | Jump | Save | Again | Sub


@dataclass(frozen=True, slots=True)
class Program:
    """The steps, and how many slots the captures need: 0 where no step asks for a capture."""

    steps: tuple[Instruction, ...]
    slots: int


def compile_regex(tree: Regex) -> Program:
    """Return the program; raises `RegexTooComplicatedError`."""
    slots = 2 * _highest(tree) + 2 if _has_back(tree) else 0
    return Program(_Compiler(slots > 0).whole(tree), slots)


def _below(tree: Regex) -> tuple[Regex, ...]:
    match tree:
        case Sequence(items=items) | Choice(items=items):
            return items
        case Repeat(item=item) | Group(item=item) | Atomic(item=item) | Look(item=item):
            return (item,)
        case _:
            return ()


def _has_back(tree: Regex) -> bool:
    return isinstance(tree, Back) or any(map(_has_back, _below(tree)))


def _highest(tree: Regex) -> int:
    # A reference may name a group that is not there; it never matches, as in Java.
    own = tree.number if isinstance(tree, Group | Back) else 0
    return max(own, *map(_highest, _below(tree)), 0)


def _step(tree: One | At | Back) -> Instruction:
    match tree:
        case One(charset=charset):
            return Take(charset)
        case At(anchor=anchor):
            return Be(anchor)
        case Back(number=number, ignore_case=ignore_case):
            return Again(number, ignore_case)


class _Compiler:
    """Steps as they are made; `save` is whether captures matter."""

    def __init__(self, save: bool, made: int = 0) -> None:
        self._save = save
        self._steps: list[Instruction] = []
        self._made = made

    def whole(self, tree: Regex) -> tuple[Instruction, ...]:
        self._node(tree)
        return tuple(self._steps)

    def _emit(self, step: Instruction) -> int:
        if len(self._steps) + self._made >= MAX_STEPS:
            raise RegexTooComplicatedError(f"the pattern needs more than {MAX_STEPS} steps")
        self._steps.append(step)
        return len(self._steps) - 1

    def _node(self, tree: Regex) -> None:
        match tree:
            case One() | At() | Back():
                self._emit(_step(tree))
            case Sequence(items=items):
                for item in items:
                    self._node(item)
            case Choice(items=items):
                self._choice(items)
            case Repeat():
                self._repeat(tree)
            case Group(item=item, number=number):
                self._group(item, number)
            case Atomic(item=item):
                self._emit(Sub(self._sub(item), consume=True))
            case Look(item=item, ahead=ahead, negated=negated):
                self._emit(Sub(self._sub(item), consume=False, ahead=ahead, negated=negated))

    def _sub(self, tree: Regex) -> tuple[Instruction, ...]:
        inner = _Compiler(self._save, self._made + len(self._steps))
        steps = inner.whole(tree)
        self._made += len(steps)
        return steps

    def _group(self, item: Regex, number: int) -> None:
        if self._save:
            self._emit(Save(2 * number))
        self._node(item)
        if self._save:
            self._emit(Save(2 * number + 1))

    def _choice(self, items: tuple[Regex, ...]) -> None:
        jumps: list[int] = []
        for item in items[:-1]:
            split = self._emit(Split(0, 0))
            self._node(item)
            jumps.append(self._emit(Jump(0)))
            self._steps[split] = Split(split + 1, len(self._steps))
        self._node(items[-1])
        for jump in jumps:
            self._steps[jump] = Jump(len(self._steps))

    def _repeat(self, tree: Repeat) -> None:
        if tree.greed is Greed.POSSESSIVE:
            greedy = Repeat(tree.item, tree.least, tree.most, Greed.GREEDY)
            self._emit(Sub(self._sub(greedy), consume=True))
            return
        for _ in range(tree.least):
            self._node(tree.item)
        if tree.most is None:
            split = self._emit(Split(0, 0))
            self._node(tree.item)
            self._emit(Jump(split))
            self._steps[split] = self._split(tree.greed, split + 1)
            return
        splits: list[int] = []
        for _ in range(tree.most - tree.least):
            splits.append(self._emit(Split(0, 0)))
            self._node(tree.item)
        for split in splits:
            self._steps[split] = self._split(tree.greed, split + 1)

    def _split(self, greed: Greed, into: int) -> Split:
        past = len(self._steps)
        return Split(into, past) if greed is Greed.GREEDY else Split(past, into)
