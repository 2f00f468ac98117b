"""Mappings that a world is made of: values asked for one by one, and values laid over others."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class OnDemand(Mapping[K, V], Generic[K, V]):
    """A mapping that answers each key when it is asked for it; what there is cannot be listed, so it is listed as empty."""

    __slots__ = ("_answer",)

    def __init__(self, answer: Callable[[K], V]) -> None:
        self._answer = answer

    def __getitem__(self, key: K) -> V:
        return self._answer(key)

    def __contains__(self, _key: object) -> bool:
        return True

    def __iter__(self) -> Iterator[K]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Overlaid(Mapping[K, V], Generic[K, V]):
    """A record with some of its values replaced."""

    __slots__ = ("_over", "_under")

    def __init__(self, over: Mapping[K, V], under: Mapping[K, V]) -> None:
        self._over = over
        self._under = under

    def __getitem__(self, key: K) -> V:
        return self._over[key] if key in self._over else self._under[key]

    def __iter__(self) -> Iterator[K]:
        yield from dict.fromkeys((*self._over, *self._under))

    def __len__(self) -> int:
        return len({*self._over, *self._under})
