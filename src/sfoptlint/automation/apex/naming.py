"""Names of what nobody knows, the same in the walk of a trigger and in a run of it.

A walk numbers what is asked at one place in the order in which it meets it, on every way; a run goes one way alone. So a run
takes the names that the walk gave on the same way: by the place, the calls that lead there, and how often it came that way.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from sfoptlint.automation.apex.frames import Shared
from sfoptlint.automation.automation import Step
from sfoptlint.core.location import Place

Way = tuple[str, bool, str, int]
"""The event of a trigger, whether the record is in company, where it is asked, and the calls that lead there, as a number."""


class Trail:
    """The calls that lead to where a walk stands, as one number; `numbers` is what walks of one trigger share."""

    def __init__(self, numbers: dict[tuple[int, Place], int]) -> None:
        self._numbers = numbers
        self._folded: list[tuple[Step, int]] = []

    def at(self, steps: Sequence[Step]) -> int:
        """Return the number of these calls; asked again a few calls further, it looks at those alone."""
        folded = self._folded
        while folded and (len(folded) > len(steps) or folded[-1][0] is not steps[len(folded) - 1]):
            folded.pop()
        for step in steps[len(folded) :]:
            before = folded[-1][1] if folded else 0
            folded.append((step, self._numbers.setdefault((before, step.at), len(self._numbers) + 1)))
        return folded[-1][1] if folded else 0


class AtomNames(Protocol):
    """Where a walk has the names of its atoms from."""

    def trail(self) -> Trail:
        """Return what numbers the calls of one walk."""

    def of(self, way: Way, name: str, what: str) -> str:
        """Return the name of an atom; `what` tells apart those that are not the same at one place."""

    def lasting(self, what: str, at: Place) -> tuple[str, Place]:
        """Return the name and the place of what is the same wherever it is asked for."""

    def mark(self) -> int:
        """Return where the walk stands, to go back there."""

    def back(self, mark: int) -> None:
        """Forget how often each way was come since: the walk goes back."""


class _Times:
    """How often each way was come."""

    def __init__(self) -> None:
        self._times: Counter[Way] = Counter()
        self._order: list[Way] = []

    def next(self, way: Way) -> int:
        """Return how often it was come before, and count it once more."""
        time = self._times[way]
        self._times[way] = time + 1
        self._order.append(way)
        return time

    def mark(self) -> int:
        """Return where the walk stands, to go back there."""
        return len(self._order)

    def back(self, mark: int) -> None:
        """Forget what was counted since."""
        for way in self._order[mark:]:
            self._times[way] -= 1
        del self._order[mark:]


class Names:
    """Names as a walk gives them: another atom of the same place gets a number."""

    def __init__(self) -> None:
        self.walked = False
        """Whether a walk has given them."""
        self.chunk = Shared()
        """What records of a chunk share, as that walk found it."""
        self._numbers: dict[str, dict[str, int]] = {}
        self._given: dict[tuple[Way, int], str] = {}
        self._times = _Times()
        self._lasting: dict[str, tuple[str, Place]] = {}
        self._trails: dict[tuple[int, Place], int] = {}

    def trail(self) -> Trail:
        """Return what numbers the calls of one walk."""
        return Trail(self._trails)

    def of(self, way: Way, name: str, what: str) -> str:
        """Return the name, and remember which way it was given on."""
        given = self._numbered(name, what)
        self._given[way, self._times.next(way)] = given
        return given

    def lasting(self, what: str, at: Place) -> tuple[str, Place]:
        """Return the name that the first who asks gives it."""
        if what not in self._lasting:
            self._lasting[what] = self._numbered(f"{at.path}:{at.line}", what), at
        return self._lasting[what]

    def mark(self) -> int:
        """Return where the walk stands, to go back there."""
        return self._times.mark()

    def back(self, mark: int) -> None:
        """Forget how often each way was come since."""
        self._times.back(mark)

    def _numbered(self, name: str, what: str) -> str:
        numbers = self._numbers.setdefault(name, {})
        number = numbers.setdefault(what, len(numbers))
        return name if not number else f"{name}#{number + 1}"

    def given(self, way: Way, time: int) -> str | None:
        """Return the name that was given on a way, from 0; None where the walk never came that way so often."""
        return self._given.get((way, time))


class NamesAgain:
    """Names as a walk gave them before."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._times = _Times()

    def trail(self) -> Trail:
        """Return what numbers the calls of one walk."""
        return self._names.trail()

    def of(self, way: Way, name: str, what: str) -> str:
        """Return the name of the first walk; where it never came this way, `name` itself."""
        return self._names.given(way, self._times.next(way)) or name

    def lasting(self, what: str, at: Place) -> tuple[str, Place]:
        """Return the name that was given; where nobody asked on any way, the line that asks now."""
        return self._names.lasting(what, at)

    def mark(self) -> int:
        """Return where the walk stands, to go back there."""
        return self._times.mark()

    def back(self, mark: int) -> None:
        """Forget how often each way was come since."""
        self._times.back(mark)
