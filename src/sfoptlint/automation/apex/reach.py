"""Which code can come to a statement that may write the box, by the names in it: that keeps most from being walked.

Looked at are a file, the classes that it names, and the classes that those name; for a job that a trigger enqueues, classes
however far.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from sfoptlint.automation.apex.boxes import may_write, names_box
from sfoptlint.automation.apex.codebase import DECLARED, ApexType, Codebase
from sfoptlint.automation.apex.mentions import words
from sfoptlint.automation.apex.ways import CLASS, NEW, ClassFile, Ways, called, ways
from sfoptlint.lang.apex.comments import without_comments

_IMPLICIT = frozenset({"compareto", "compare", "tostring", "equals", "hashcode", "iterator", "next", "hasnext", NEW})
"""What the platform calls by itself on an object that is made."""
_FEW = 16
"""So many names are looked for one after the other, before the words of a text are told apart."""
_HEAD = 200
"""Characters in which a class for tests says that it is one."""
_CALLABLE = "callable"
"""The platform's interface by which an object of any class is called (Apex Reference Guide, "Callable Interface")."""


class Reach:
    """Looks through the names in a tree's classes, those for tests alone left out; each is read once."""

    def __init__(self, codebase: Codebase) -> None:
        self.codebase = codebase
        self._files: dict[str, ClassFile] = {}

    def from_trigger(self, text: str) -> bool:
        """Whether a trigger can come to the box."""
        text = without_comments(text.lower())
        if may_write(text):
            return True
        classes = self.codebase.mentions.classes(text)
        near = self._near(classes)
        return bool(near) and _Search(self, near, classes).finds(ways(text, self.leading))

    def leads(self, name: str) -> bool:
        """Whether a class leads to the box by the names of classes alone."""
        own = name.casefold()
        return own in self.leading and bool(self._near(self._around(own)))

    def may_come(self, name: str) -> bool:
        """Whether the code that a class leads to, however far, may come to the box, through objects of unknown classes too."""
        return name.casefold().partition(".")[0] in self.coming

    def outlined(self, name: str) -> ApexType | None:
        """Return a class that leads to the box without the bodies of its methods; None where its file declares none."""
        return self.file(name.casefold()).type

    def from_job(self, name: str, entries: Iterable[str]) -> bool:
        """Whether these methods of an object of a class that leads to the box can come to it."""
        own = name.casefold()
        start = Ways(
            calls=frozenset(method.casefold() for method in entries), made=frozenset({own}), named=frozenset({own})
        )
        classes = self._around(own)
        return _Search(self, self._near(classes), classes).finds(start)

    def _around(self, name: str) -> frozenset[str]:
        return self.codebase.mentions.named(name) | {name}

    def _near(self, classes: frozenset[str]) -> frozenset[str]:
        """Return the classes that are named, and those that they name, so far as they lead to the box; none if it is farther."""
        first = classes & self.leading
        near = first.union(*map(self.codebase.mentions.named, first)) & self.leading
        return frozenset() if near.isdisjoint(self._writing) else near

    @cached_property
    def code(self) -> frozenset[str]:
        """The classes that are not for tests alone."""
        mentions = self.codebase.mentions
        return frozenset(name for name in self.codebase.paths if not is_test(mentions.text(name)))

    @cached_property
    def _writing(self) -> frozenset[str]:
        return frozenset(name for name in self.code if may_write(self.codebase.mentions.text(name)))

    @cached_property
    def leading(self) -> frozenset[str]:
        """The classes that lead to the box by the names of classes alone."""
        found, fresh = set(self._writing), self._writing
        while fresh:
            fresh = self._naming(fresh, self.code - found)
            found |= fresh
        return frozenset(found)

    @cached_property
    def coming(self) -> frozenset[str]:
        """The classes that name a box in whatever way, those that name one of them, and what one of them is a kind of."""
        text = self.codebase.mentions.text
        every = self.code
        found = {name for name in every if names_box(text(name))}
        fresh = frozenset(found)
        while fresh:
            heads = frozenset().union(*map(self._heads, fresh))
            above = every & heads
            if _CALLABLE in heads:
                above |= {name for name in every if _CALLABLE in text(name)}
            fresh = (self._naming(fresh, every - found) | above) - found
            found |= fresh
        return frozenset(found)

    def _heads(self, name: str) -> frozenset[str]:
        """Return the words behind `extends` and `implements` in a class file."""
        heads = (head[2] for head in DECLARED.finditer(without_comments(self.codebase.mentions.text(name))))
        return frozenset(words(" ".join(heads)))

    def _naming(self, wanted: frozenset[str], among: frozenset[str]) -> frozenset[str]:
        """Return which of some classes name one that is wanted."""
        mentions = self.codebase.mentions
        if len(wanted) <= _FEW:
            among = frozenset(name for name in among if any(one in mentions.text(name) for one in wanted))
        return frozenset(name for name in among if not mentions.named(name).isdisjoint(wanted))

    @cached_property
    def callers(self) -> dict[str, set[str]]:
        """The classes that call a method of a name, on whatever."""
        found: dict[str, set[str]] = {}
        for name in self.code:
            for method in called(self.codebase.mentions.text(name)):
                found.setdefault(method, set()).add(name)
        return found

    def file(self, name: str) -> ClassFile:
        """Return a class file without its statements."""
        if name not in self._files:
            self._files[name] = ClassFile(name, self.codebase.mentions.text(name), self.leading)
        return self._files[name]


class _Search:
    """One search among the classes that are near: what is entered, and by what names that may go on."""

    def __init__(self, reach: Reach, near: frozenset[str], classes: frozenset[str]) -> None:
        self.reach = reach
        self.near = near
        self.classes = classes
        self.entered: set[tuple[str, str]] = set()
        self.named: set[str] = set()
        self.made: set[str] = set()
        self.texts: set[str] = set()
        self.calls = set(_IMPLICIT)
        self.lineages: dict[str, set[str]] = {}

    @cached_property
    def beside(self) -> frozenset[str]:
        """What classes beside the way call, those above a handler too, they call on its objects."""
        named, near = self.reach.codebase.mentions.named, self.near
        beside = self.classes.union(*map(named, near)) & self.reach.code - near
        return beside.union(*map(named, beside)) & self.reach.code - near

    def finds(self, start: Ways) -> bool:
        """Whether code that leads on by these names can come to the box."""
        left = [("", start)]
        while left:
            file, part = left.pop()
            if part.writes:
                return True
            left += self._behind(file, part)
        return False

    def _behind(self, file: str, part: Ways) -> Iterator[tuple[str, Ways]]:
        for name in part.named - self.named & self.near:
            self.named.add(name)
            yield from self._enter(name, (CLASS,))
        for name, method in part.static:
            if name in self.near:
                yield from self._enter(name, (method,))
        for name in self._lineage(file) if file else ():
            yield from self._enter(name, part.own)
        fresh = part.calls - self.calls
        self.calls |= fresh
        for name in self.made:
            yield from self._enter(name, fresh)
        self.texts |= part.texts
        made = part.made | self.texts if self.texts and self._called("forname") else part.made
        for name in {above for one in made - self.made & self.near for above in self._lineage(one)} - self.made:
            self.made.add(name)
            yield from self._enter(name, filter(self._called, self.reach.file(name).methods))

    def _called(self, method: str) -> bool:
        if method not in self.calls and not self.beside.isdisjoint(self.reach.callers.get(method, ())):
            self.calls.add(method)
        return method in self.calls

    def _enter(self, name: str, methods: Iterable[str]) -> Iterator[tuple[str, Ways]]:
        """Yield the parts of a class file that go by these names and were not entered before."""
        file = self.reach.file(name)
        for method in file.methods & methods:
            if (name, method) not in self.entered:
                self.entered.add((name, method))
                yield name, file.ways(method)

    def _lineage(self, name: str) -> set[str]:
        """Return a class and what is above it or above a class inside it, so far as it is near."""
        if name not in self.lineages:
            found, left = set[str](), {name}
            while left:
                current = left.pop()
                found.add(current)
                left |= self.reach.file(current).above & self.near - found
            self.lineages[name] = found
        return self.lineages[name]


def is_test(text: str) -> bool:
    """Whether a class is for tests alone, by its head."""
    return (
        "@istest" in text[:_HEAD].casefold()
        and "@istest" in without_comments(text[: 10 * _HEAD]).casefold()[: 2 * _HEAD]
    )
