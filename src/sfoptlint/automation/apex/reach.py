"""Which code can come to a statement that may write the box, by the names in it: that keeps most from being walked.

Looked at are a file, the classes that it names, and the classes that those name. A static method is entered where its class and
its name stand before an argument list; a method of an object where its name does, and where an object of its class is made, by
`new`, by the class's literal or by its name as a text; what a class begins with, where it is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sfoptlint.automation.apex.boxes import may_write
from sfoptlint.automation.apex.codebase import ApexType, Codebase, SourceFile, read_type

_WORD = re.compile(r"[a-z]\w*")
_CALL = re.compile(r"(\.\s*)?\b([a-z]\w*)\s*\(")
_STATIC = re.compile(r"\b([a-z]\w*)\s*\.\s*([a-z]\w*)\s*\(")
_MADE = re.compile(r"\bnew\s+([a-z]\w*)(?:\s*\.\s*([a-z]\w*))?|\b([a-z]\w*)\s*\.\s*class\b")
_TEXT = re.compile(r"'([a-z]\w*)(?:\.\w+)?'")
_NEW, _CLASS = "new", ""
_IMPLICIT = frozenset({"compareto", "compare", "tostring", "equals", "hashcode", "iterator", "next", "hasnext", _NEW})
"""What the platform calls by itself on an object that is made."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A method of a file, its constructors, or what is entered with its class; by what names it leads on."""

    file: str
    own: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    static: frozenset[tuple[str, str]] = frozenset()
    made: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    writes: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    """A class file: its parts by name, the classes that its own stand below, and the names of those it declares inside."""

    by_name: dict[str, list[_Part]]
    above: frozenset[str]


class Reach:
    """Looks through the names in a tree's classes; each is read once."""

    def __init__(self, codebase: Codebase) -> None:
        self.codebase = codebase
        self._parts: dict[str, _Parts] = {}
        self._called: dict[str, frozenset[str]] = {}

    def from_trigger(self, text: str) -> bool:
        """Whether a trigger can come to the box."""
        if may_write(text):
            return True
        words = _words(text)
        near = self._near(words)
        return bool(near) and self._search(words, near).finds([self._part("", text)])

    def leads(self, name: str) -> bool:
        """Whether a class leads to the box by the names of classes alone."""
        own = name.casefold()
        return own in self._leading and bool(self._near(frozenset({own}) | self._named[own]))

    def from_job(self, name: str, entries: Iterable[str]) -> bool:
        """Whether these methods of an object of a class that leads to the box can come to it."""
        own = frozenset({name.casefold()})
        start = _Part("", calls=frozenset(method.casefold() for method in entries), made=own, named=own)
        words = own | self._named[name.casefold()]
        return self._search(words, self._near(words)).finds([start])

    def _search(self, words: frozenset[str], near: frozenset[str]) -> "_Search":
        """Begin a search; what classes beside the way call, those above a handler too, they call on its objects."""
        beside = (words & self._texts.keys()).union(*(self._named[name] for name in near)) - near
        beside = beside.union(*(self._named[name] for name in beside)) - near
        return _Search(self, near, calls={*_IMPLICIT, *(call for name in beside for call in self._calls(name))})

    def _calls(self, name: str) -> frozenset[str]:
        if name not in self._called:
            self._called[name] = frozenset(call for _, call in _CALL.findall(self._texts[name].lower()))
        return self._called[name]

    def _near(self, words: frozenset[str]) -> frozenset[str]:
        """Return the classes that are named, and those that they name, so far as they lead to the box; none if it is farther."""
        first = words & self._leading
        near = first.union(*(self._named[name] for name in first)) & self._leading
        return frozenset() if near.isdisjoint(self._writing) else near

    @cached_property
    def _leading(self) -> frozenset[str]:
        """The classes, by name in lower case, that lead to the box by the names of classes alone."""
        found = set(self._writing)
        fresh = found
        while fresh:
            fresh = {name for name, words in self._named.items() if name not in found and not words.isdisjoint(fresh)}
            found |= fresh
        return frozenset(found)

    @cached_property
    def _texts(self) -> dict[str, str]:
        texts = ((name, self.codebase.text(path) or "") for name, path in self.codebase.paths.items())
        return {name: text for name, text in texts if not is_test(text)}

    @cached_property
    def _writing(self) -> set[str]:
        return {name for name, text in self._texts.items() if may_write(text)}

    @cached_property
    def _named(self) -> dict[str, frozenset[str]]:
        """The classes that each class names."""
        if not self._writing:
            return {}
        return {name: _words(text) & self._texts.keys() for name, text in self._texts.items()}

    def of(self, name: str) -> _Parts:
        """Return the parts of a class file."""
        if name not in self._parts:
            file = self.codebase.file(self.codebase.paths[name])
            self._parts[name] = self._read(name, file) if file else _Parts({}, frozenset())
        return self._parts[name]

    def _read(self, name: str, file: SourceFile) -> _Parts:
        types = [type_ for type_ in (read_type(node, file, None) for node in file.unit.declarations) if type_]
        inner = frozenset(key for type_ in types for key in type_.inner)
        by_name: dict[str, list[_Part]] = {}
        ends = 0
        for start, end, method in sorted(part for type_ in types for part in _spans(type_)):
            by_name.setdefault(_CLASS, []).append(self._part(name, file.text[ends:start], inner))
            by_name.setdefault(method, []).append(self._part(name, file.text[start:end], inner))
            ends = end
        by_name.setdefault(_CLASS, []).append(self._part(name, file.text[ends:], inner))
        above = {head for type_ in types for head in _above(type_)} & self._leading
        return _Parts(by_name, frozenset(above))

    def _part(self, file: str, text: str, inner: frozenset[str] = frozenset()) -> _Part:
        text = text.lower()
        calls = _CALL.findall(text)
        made = {name for found in _MADE.findall(text) for name in found if name}
        return _Part(
            file,
            frozenset(name for dot, name in calls if not dot),
            frozenset(name for _, name in calls),
            frozenset(pair for pair in _STATIC.findall(text) if pair[0] in self._leading),
            frozenset(made & self._leading) | (frozenset() if made.isdisjoint(inner) else {file}),
            self._leading.intersection(_TEXT.findall(text)),
            _words(text) & self._leading,
            may_write(text),
        )


@dataclass(slots=True)
class _Search:
    """One search: what is entered, and by what names that may go on."""

    reach: Reach
    near: frozenset[str]
    entered: set[_Part] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=lambda: set(_IMPLICIT))

    def finds(self, parts: list[_Part]) -> bool:
        """Whether code that starts with these parts can come to the box."""
        left = parts
        while left:
            part = left.pop()
            if part.writes:
                return True
            if part not in self.entered:
                self.entered.add(part)
                left.extend(self._behind(part))
        return False

    def _behind(self, part: _Part) -> Iterator[_Part]:
        for name in (part.named & self.near) - self.named:
            self.named.add(name)
            yield from self._method(name, _CLASS)
        for name, method in part.static:
            yield from self._method(name, method)
        for method in part.own if part.file else ():
            for name in self._lineage(part.file):
                yield from self._method(name, method)
        for method in part.calls - self.calls:
            self.calls.add(method)
            for name in self.made:
                yield from self._method(name, method)
        self.texts |= part.texts
        made = part.made | self.texts if "forname" in self.calls else part.made
        for name in {above for one in made & self.near for above in self._lineage(one)} - self.made:
            self.made.add(name)
            for method in sorted(self.calls & self.reach.of(name).by_name.keys()):
                yield from self._method(name, method)

    def _method(self, name: str, method: str) -> list[_Part]:
        return self.reach.of(name).by_name.get(method, []) if name in self.near else []

    def _lineage(self, name: str) -> set[str]:
        found, left = set[str](), {name}
        while left:
            current = left.pop()
            found.add(current)
            left |= (self.reach.of(current).above - found) & self.near
        return found


def _spans(type_: ApexType) -> Iterator[tuple[int, int, str]]:
    """Yield where each method and constructor of a class stands, and of those inside it."""
    for name, methods in type_.methods.items():
        yield from ((method.start, method.end, name) for method in methods)
    yield from ((constructor.start, constructor.end, _NEW) for constructor in type_.constructors)
    for inner in type_.inner.values():
        yield from _spans(inner)


def _above(type_: ApexType) -> Iterator[str]:
    if type_.superclass is not None:
        yield type_.superclass.names[0].casefold()
    for inner in type_.inner.values():
        yield from _above(inner)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def is_test(text: str) -> bool:
    """Whether a class is for tests alone, by its head."""
    return "@istest" in text[:200].casefold()
