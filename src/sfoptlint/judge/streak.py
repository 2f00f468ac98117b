"""Effects that never happen, which come in long rows: after a few of them the next ones are tried together."""

from collections.abc import Callable, Sequence

from sfoptlint.core.expr import Expr
from sfoptlint.core.verdict import Verdict

_ROW = 3
_FIRST = 4
_MOST = 16
_LONGER = 4


class Streak:
    """How many effects in a row were proved never to happen; `proves` says whether that can be proved of several at once.

    To try that in vain is dear: then the row must be longer before it is tried again.
    """

    __slots__ = ("_asked", "_proves", "_row", "_size")

    def __init__(self, proves: Callable[[Sequence[Expr]], bool]) -> None:
        self._proves = proves
        self._row = 0
        self._asked = _ROW
        self._size = _FIRST

    def told(self, verdict: Verdict) -> None:
        """Take note of what one guard was decided to be, alone."""
        self._row = self._row + 1 if verdict is Verdict.NEVER else 0

    def ahead(self, guards: Sequence[Expr]) -> int:
        """Return how many of the guards, from the first on, are proved never to hold; 0 where the first is to be asked alone."""
        batch = guards[: self._size]
        if self._row < self._asked or len(batch) < 2:
            return 0
        if self._proves(batch):
            self._size = min(2 * self._size, _MOST)
            return len(batch)
        self._row, self._asked, self._size = 0, _LONGER * self._asked, _FIRST
        return 0
