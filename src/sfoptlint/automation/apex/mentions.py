"""Which class file names which, by a search over the texts alone. Every name and every text here is in lower case."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property

_WORD = re.compile(r"[a-z]\w*")
_BLANKS = {code: code if chr(code).isalnum() or chr(code) == "_" else " " for code in range(128)}


class Mentions:
    """The class files of a tree by what they name; each is read once."""

    def __init__(self, paths: Mapping[str, str], read: Callable[[str], str | None]) -> None:
        self._paths = paths
        self._read = read
        self._texts: dict[str, str] = {}
        self._named: dict[str, frozenset[str]] = {}

    def text(self, name: str) -> str:
        """Return a class file's text; empty where it cannot be read."""
        if name not in self._texts:
            self._texts[name] = (self._read(self._paths[name]) or "").lower()
        return self._texts[name]

    def named(self, name: str) -> frozenset[str]:
        """Return the class files that a class file names, itself among them."""
        if name not in self._named:
            self._named[name] = self.classes(self.text(name))
        return self._named[name]

    def classes(self, text: str) -> frozenset[str]:
        """Return the class files that a text names."""
        return self._names.intersection(words(text))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._paths)


def words(text: str) -> list[str]:
    """Return what may be names in a text, in their order."""
    return text.translate(_BLANKS).split() if text.isascii() else _WORD.findall(text)
