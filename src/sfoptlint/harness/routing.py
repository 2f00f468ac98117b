"""From a method and a path to whoever answers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import unquote

from sfoptlint.clients.wire import Request, Response

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Call(Generic[State]):
    """What a handler is given: the fake's state, the request, and what stands in the path's gaps, decoded."""

    state: State
    request: Request
    parts: tuple[str, ...]

    def asked(self, name: str, default: str = "") -> str:
        """Return a value of the query, whatever the case of its name."""
        wanted = name.casefold()
        return next((value for key, value in self.request.query if key.casefold() == wanted), default)


Handler = Callable[[Call[State]], Response]


@dataclass(frozen=True, slots=True)
class Route(Generic[State]):
    """A method, a path with `{}` for each part that varies, and who answers."""

    method: str
    path: str
    answer: Handler[State]


class Router(Generic[State]):
    """Finds the route of a request."""

    def __init__(self, routes: Sequence[Route[State]]) -> None:
        self._routes = [(re.compile(_pattern(route.path), re.IGNORECASE), route) for route in routes]

    def find(self, method: str, path: str) -> tuple[Handler[State], tuple[str, ...]] | None:
        """Return who answers, with the parts of the path that vary; None where nobody does."""
        for pattern, route in self._routes:
            found = pattern.fullmatch(path) if route.method == method else None
            if found:
                return route.answer, tuple(map(unquote, found.groups()))
        return None

    def methods(self, path: str) -> list[str]:
        """Return the methods that a path answers to."""
        return sorted({route.method for pattern, route in self._routes if pattern.fullmatch(path)})


def _pattern(path: str) -> str:
    return "([^/]+?)".join(map(re.escape, path.split("{}"))) + "/?"
