"""Names of what nobody knows, the same in the walk of a trigger and in a run of it.

A walk numbers what is asked at one place in the order in which it meets it, on every way; a run goes one way alone. So a run
takes the names that the walk gave on the same way: by the place, the calls that lead there, and how often it came that way.
"""

from collections import Counter
from typing import Protocol

from sfoptlint.core.location import Place

Way = tuple[str, bool, str, tuple[Place, ...]]
"""The event of a trigger, whether the record is in company, where it is asked, and the calls that lead there."""


class AtomNames(Protocol):
    """Where a walk has the names of its atoms from."""

    def of(self, way: Way, name: str, what: str) -> str:
        """Return the name of an atom; `what` tells apart those that are not the same at one place."""

    def lasting(self, what: str, at: Place) -> tuple[str, Place]:
        """Return the name and the place of what is the same wherever it is asked for."""


class Names:
    """Names as a walk gives them: another atom of the same place gets a number."""

    def __init__(self) -> None:
        self.walked = False
        """Whether a walk has given them."""
        self._numbers: dict[str, dict[str, int]] = {}
        self._given: dict[tuple[Way, int], str] = {}
        self._times: Counter[Way] = Counter()
        self._lasting: dict[str, tuple[str, Place]] = {}

    def of(self, way: Way, name: str, what: str) -> str:
        """Return the name, and remember which way it was given on."""
        given = self._numbered(name, what)
        self._given[way, self._times[way]] = given
        self._times[way] += 1
        return given

    def lasting(self, what: str, at: Place) -> tuple[str, Place]:
        """Return the name that the first who asks gives it."""
        if what not in self._lasting:
            self._lasting[what] = self._numbered(f"{at.path}:{at.line}", what), at
        return self._lasting[what]

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
        self._times: Counter[Way] = Counter()

    def of(self, way: Way, name: str, what: str) -> str:
        """Return the name of the first walk; where it never came this way, `name` itself."""
        time = self._times[way]
        self._times[way] += 1
        return self._names.given(way, time) or name

    def lasting(self, what: str, at: Place) -> tuple[str, Place]:
        """Return the name that was given; where nobody asked on any way, the line that asks now."""
        return self._names.lasting(what, at)
