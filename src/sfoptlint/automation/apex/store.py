"""What the variables and the heap of a walk hold, in parts that states share until one of them writes.

A walk forks its state at each condition and lets two meet behind it; little of what they hold has changed between. So a copy
copies a list of parts, and a comparison passes over those that are the same.
"""

from collections.abc import Container, Iterator

from sfoptlint.automation.apex.values import Cell, Value

Key = int | tuple[str, ...]
"""A cell's number, or the name of a variable: of a frame, or a class's static."""

_CELLS = 5
"""Thirty-two cells that were made one after the other are a part; so are the variables of one frame."""


class Store:
    """A mapping from keys to values and cells that is cheap to copy."""

    __slots__ = ("_own", "_parts")

    def __init__(self) -> None:
        self._parts: dict[int | str, dict[Key, Value | Cell]] = {}
        self._own: set[int | str] = set()
        """The parts that no copy shares."""

    def fork(self) -> "Store":
        """Return a copy that goes its own way."""
        other = Store()
        other._parts = self._parts.copy()
        self._own = set()
        return other

    def get(self, key: Key) -> Value | Cell | None:
        """Return what a key holds; None where there is none of this name."""
        part = self._parts.get(key >> _CELLS if isinstance(key, int) else key[0])
        return None if part is None else part.get(key)

    def __getitem__(self, key: Key) -> Value | Cell:
        return self._parts[key >> _CELLS if isinstance(key, int) else key[0]][key]

    def __contains__(self, key: Key) -> bool:
        return self.get(key) is not None

    def __setitem__(self, key: Key, value: Value | Cell) -> None:
        self._writable(key)[key] = value

    def pop(self, key: Key) -> Value | Cell | None:
        """Forget a key; return what it held."""
        return self._writable(key).pop(key, None) if key in self else None

    def all_variables(self) -> Iterator[tuple[tuple[str, ...], Value | Cell]]:
        """Yield the variables of all frames and those of no frame, with what they hold."""
        for part in self._parts.values():
            for key, held in part.items():
                if isinstance(key, int):
                    break  # a part of the heap
                yield key, held

    def variables(self, name: str) -> dict[Key, Value | Cell]:
        """Return the variables of one frame, or those of a kind that are in none."""
        return {**self._parts.get(name, {})}

    def put_back(self, name: str, variables: dict[Key, Value | Cell]) -> None:
        """Let the variables of one frame, or of a kind, be these and no others."""
        self._parts[name] = {**variables}
        self._own.add(name)

    def differing(self, other: "Store") -> Iterator[tuple[Key, Value | Cell, Value | Cell | None]]:
        """Yield what is here and not the same there, with what is there."""
        for name, part in self._parts.items():
            theirs = other._parts.get(name)  # noqa: SLF001 - of its own class
            if theirs is not part:
                there = theirs or {}
                for key, value in part.items():
                    its = there.get(key)
                    if its is not value:
                        yield key, value, its

    def leave(self, frames: Container[str]) -> None:
        """Forget the variables of all frames but these."""
        for name in [name for name in self._parts if isinstance(name, str) and name not in frames]:
            del self._parts[name]
            self._own.discard(name)

    def _writable(self, key: Key) -> dict[Key, Value | Cell]:
        name = key >> _CELLS if isinstance(key, int) else key[0]
        if name in self._own:
            return self._parts[name]
        self._own.add(name)
        mine = self._parts[name] = {**self._parts.get(name, {})}
        return mine
