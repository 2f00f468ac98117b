"""By which variable the code holds what stands in the heap: a name that is the same in a walk and in a run of it."""

from collections.abc import Iterator

from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.store import Key, Store
from sfoptlint.automation.apex.values import Cell, ListCell, MapCell, Ref, Value


class Holders:
    """The variables of a moment, and what they lead to."""

    def __init__(self, run: Run, store: Store) -> None:
        self._depths = {frame.id: f"{depth}" for depth, frame in enumerate(run.frames)}
        self._store = store
        self._cells: dict[int, str] | None = None

    def name(self, key: Key) -> str:
        """Return the name of a variable, or the way from one to a cell."""
        if not isinstance(key, int):
            return ".".join((self._depths.get(key[0], key[0]), *key[1:]))
        if self._cells is None:
            self._cells = self._named()
        return self._cells.get(key, "")

    def _named(self) -> dict[int, str]:
        named: dict[int, str] = {}
        left = [(held.cell, self.name(key)) for key, held in self._store.all_variables() if isinstance(held, Ref)]
        left.reverse()
        while left:
            cell, name = left.pop()
            if cell not in named:
                named[cell] = name
                held = self._store.get(cell)
                left += [(ref.cell, f"{name}.{part}") for part, ref in _parts(held) if isinstance(ref, Ref)]
        return named


def _parts(held: Value | Cell | None) -> Iterator[tuple[str, Value]]:
    match held:
        case ListCell(items=items):
            yield from ((str(at), item.value) for at, item in enumerate(items))
        case MapCell(entries=entries):
            yield from ((str(at), entry.value) for at, entry in enumerate(entries))
        case _:
            yield from getattr(held, "fields", {}).items()
