"""By what names the code of a method leads on to other methods. Every name and every text here is in lower case.

A static method is entered where its class and its name stand before an argument list; a method of an object where its name does,
and where an object of its class is made, by `new`, by the class's literal or by its name as a text; what a class begins with,
where it is named.
"""

import re
from collections.abc import Iterator, KeysView
from dataclasses import dataclass, replace
from itertools import chain

from sfoptlint.automation.apex.boxes import may_write
from sfoptlint.automation.apex.codebase import ApexType, read_type
from sfoptlint.automation.apex.mentions import words
from sfoptlint.automation.apex.source_file import SourceFile
from sfoptlint.core.lines import LineIndex
from sfoptlint.lang.apex.comments import without_comments
from sfoptlint.lang.apex.outline import outline

NEW, CLASS = "new", ""
"""What constructors go by, and what is entered with the class."""
_BACKWARDS_CALL = re.compile(r"\(\s*+(\w*[a-z])\b(?:\s*+(\.)(?:\s*+(\w*[a-z])\b)?)?")
"""An argument list, the name before it, a point before that, and the name before the point; reading backwards, a search stops
at parentheses alone."""
_NEW = re.compile(r"new(?<!\wnew)\s++([a-z]\w*+)(?:\s*+\.\s*+([a-z]\w*+))?")
_BACKWARDS_LITERAL = re.compile(r"ssalc(?<!\wssalc)\s*+\.\s*+(\w*[a-z])\b")
"""The word before these is asked for behind them, so that a search begins with letters, which is fast."""
_END = ";"
"""What stands between the parts of a file where they are searched as one; no pattern leads over it."""
_TEXT = re.compile(r"'([a-z]\w*)(?:\.\w+)?'")


@dataclass(frozen=True, slots=True)
class Ways:
    """The names by which a part of a file leads on: `own` are called on nothing, `calls` on whatever, `static` on a class."""

    own: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    static: frozenset[tuple[str, str]] = frozenset()
    made: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    writes: bool = False


def ways(text: str, classes: frozenset[str]) -> Ways:
    """Return how a text leads on to some classes."""
    named = classes.intersection(words(text))
    found = list(_calls(text))
    made = chain(*_NEW.findall(text), (name[::-1] for name in _BACKWARDS_LITERAL.findall(text[::-1]))) if named else ()
    return Ways(
        frozenset(name for name, on, _ in found if not on),
        frozenset(name for name, _, _ in found),
        frozenset((of, name) for name, _, of in found if of in named),
        named.intersection(made),
        named.intersection(_TEXT.findall(text)),
        named,
        may_write(text),
    )


def called(text: str) -> set[str]:
    """Return what is called in a text, on whatever."""
    return {name for name, _, _ in _calls(text)}


def _calls(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each call once: its name, the point before it, and the name before the point, each empty where there is none."""
    for name, point, of in set(_BACKWARDS_CALL.findall(text[::-1])):
        yield name[::-1], point, of[::-1]


class ClassFile:
    """A class file without its comments and statements: what it declares, and by what its parts lead on to some classes."""

    def __init__(self, name: str, text: str, classes: frozenset[str]) -> None:
        text = without_comments(text)
        file = SourceFile(name, text, outline(text), LineIndex(text))
        types = [type_ for type_ in (read_type(node, file, None) for node in file.unit.declarations) if type_]
        self.type = types[0] if types else None
        self.above = frozenset(head for type_ in types for head in _above(type_))
        self._inner = frozenset(key for type_ in types for key in type_.inner)
        self._classes = classes | self._inner
        self._name, self._text = name, text
        self._spans: dict[str, list[tuple[int, int]]] = {CLASS: []}
        ends = 0
        for start, end, method in sorted(part for type_ in types for part in _parts(type_)):
            self._spans[CLASS].append((ends, start))
            self._spans.setdefault(method, []).append((start, end))
            ends = end
        self._spans[CLASS].append((ends, len(text)))
        self._ways: dict[str, Ways] = {}

    @property
    def methods(self) -> KeysView[str]:
        """The names of the methods of the class and of those inside it, `NEW` and `CLASS` among them."""
        return self._spans.keys()

    def ways(self, method: str) -> Ways:
        """Return how the methods of a name lead on; who makes an object of an inner class makes one of its file."""
        if method not in self._ways:
            found = ways(_END.join(self._text[start:end] for start, end in self._spans[method]), self._classes)
            inside = not found.made.isdisjoint(self._inner)
            self._ways[method] = replace(found, made=found.made | {self._name}) if inside else found
        return self._ways[method]


def _parts(type_: ApexType) -> Iterator[tuple[int, int, str]]:
    """Yield where each method and constructor of a class stands, and of those inside it."""
    for name, methods in type_.methods.items():
        yield from ((method.start, method.end, name) for method in methods)
    yield from ((constructor.start, constructor.end, NEW) for constructor in type_.constructors)
    for inner in type_.inner.values():
        yield from _parts(inner)


def _above(type_: ApexType) -> Iterator[str]:
    if type_.superclass is not None:
        yield type_.superclass.names[0].casefold()
    for inner in type_.inner.values():
        yield from _above(inner)
