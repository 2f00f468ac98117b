"""The classes and triggers of one tree: found by name, parsed when first asked for.

A file is named as what it declares (Metadata API Developer Guide, ApexClass, ApexTrigger). Names have no case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sfoptlint.automation.apex.mentions import Mentions
from sfoptlint.automation.apex.source_file import SourceFile
from sfoptlint.core.lines import LineIndex
from sfoptlint.lang.apex import parse
from sfoptlint.lang.apex.later import parse_later
from sfoptlint.lang.apex.nodes import (
    ClassDeclaration,
    ConstructorDeclaration,
    EnumDeclaration,
    FieldDeclaration,
    Initializer,
    InterfaceDeclaration,
    Member,
    MethodDeclaration,
    Statement,
    TypeName,
    Unparsed,
    VariableDeclarator,
)
from sfoptlint.metadata.xml import decode
from sfoptlint.model.project import Project
from sfoptlint.source.source import UnreadableError

if TYPE_CHECKING:
    from sfoptlint.automation.apex.reach import Reach

CLASS, TRIGGER = ".cls", ".trigger"
DECLARED = re.compile(r"\b(?:class|interface)\s+(\w+)[^{;]*?\b(?:extends|implements)\s+([^{;]+)\{", re.IGNORECASE)
_NAME = re.compile(r"[\w.]+")


@dataclass(frozen=True, slots=True)
class FieldOfClass:
    """A field or a property of a class."""

    declaration: FieldDeclaration
    declarator: VariableDeclarator

    @property
    def static(self) -> bool:
        """Whether it belongs to the class."""
        return "static" in self.declaration.modifiers.words


@dataclass(frozen=True, slots=True)
class ApexType:
    """A class, an interface, an enum, or a trigger's body with what it declares. `key` is its full name in lower case."""

    key: str
    name: str
    file: SourceFile
    outer: "ApexType | None"
    superclass: TypeName | None = None
    interfaces: tuple[TypeName, ...] = ()
    methods: dict[str, list[MethodDeclaration]] = field(default_factory=dict)
    constructors: list[ConstructorDeclaration] = field(default_factory=list)
    fields: dict[str, FieldOfClass] = field(default_factory=dict)
    initializers: list[Initializer] = field(default_factory=list)
    inner: dict[str, "ApexType"] = field(default_factory=dict)
    constants: tuple[str, ...] = ()
    abstract: bool = False
    is_enum: bool = False
    gaps: list[Unparsed] = field(default_factory=list)


def read_type(node: Member, file: SourceFile, outer: ApexType | None) -> ApexType | None:
    """Return a declared type with its members; None for what is no type."""
    if not isinstance(node, ClassDeclaration | InterfaceDeclaration | EnumDeclaration):
        return None
    key = f"{outer.key}.{node.name}".casefold() if outer else node.name.casefold()
    name = f"{outer.name}.{node.name}" if outer else node.name
    if isinstance(node, EnumDeclaration):
        return ApexType(key, name, file, outer, constants=node.constants, is_enum=True)
    if isinstance(node, InterfaceDeclaration):
        made = ApexType(key, name, file, outer, interfaces=node.extends, abstract=True)
    else:
        abstract = "abstract" in node.modifiers.words
        made = ApexType(key, name, file, outer, node.superclass, node.interfaces, abstract=abstract)
    take_members(made, node.members)
    return made


def take_members(type_: ApexType, members: tuple[Member | Statement, ...]) -> None:
    """Put each member where it is found by its name."""
    for member in members:
        match member:
            case MethodDeclaration():
                type_.methods.setdefault(member.name.casefold(), []).append(member)
            case ConstructorDeclaration():
                type_.constructors.append(member)
            case FieldDeclaration():
                for declarator in member.declarators:
                    type_.fields[declarator.name.casefold()] = FieldOfClass(member, declarator)
            case Initializer():
                type_.initializers.append(member)
            case Unparsed():
                type_.gaps.append(member)
            case ClassDeclaration() | InterfaceDeclaration() | EnumDeclaration():
                inner = read_type(member, type_.file, type_)
                if inner is not None:
                    type_.inner[inner.name.rpartition(".")[2].casefold()] = inner


class Codebase:
    """All Apex of one tree."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._types: dict[str, ApexType | None] = {}
        self._files: dict[str, SourceFile | None] = {}

    @cached_property
    def paths(self) -> dict[str, str]:
        """Class files by name in lower case."""
        return {_stem(path, CLASS): path for path in self._project.listed(CLASS)}

    @cached_property
    def mentions(self) -> Mentions:
        """The same files by what their texts name."""
        return Mentions(self.paths, self.text)

    @cached_property
    def reach(self) -> "Reach":
        """Which of it can come to a box."""
        from sfoptlint.automation.apex.reach import Reach  # noqa: PLC0415 - they know each other

        return Reach(self)

    def triggers(self) -> list[str]:
        """Return the paths of the triggers that are to be judged."""
        return [path for path in self._project.judged_paths if path.endswith(TRIGGER)]

    def classes(self) -> list[str]:
        """Return the paths of the classes that are to be judged."""
        return [path for path in self._project.judged_paths if path.endswith(CLASS)]

    def text(self, path: str) -> str | None:
        """Return a file's text; None where it cannot be read."""
        try:
            return decode(self._project.source.read(path))
        except UnreadableError:
            return None

    def meta(self, path: str) -> str:
        """Return the text of the file that stands beside it with its settings, empty where there is none."""
        return self.text(f"{path}-meta.xml") or ""

    def file(self, path: str) -> SourceFile | None:
        """Return a file, parsed once; None where it cannot be read."""
        if path not in self._files:
            text = self.text(path)
            read = parse_later if path.endswith(CLASS) else parse
            self._files[path] = None if text is None else SourceFile(path, text, read(text), LineIndex(text))
        return self._files[path]

    def top(self, name: str) -> ApexType | None:
        """Return a top-level class by its name."""
        key = name.casefold()
        if key not in self._types:
            path = self.paths.get(key)
            file = self.file(path) if path else None
            declared = [read_type(node, file, None) for node in file.unit.declarations] if file else []
            self._types[key] = next((type_ for type_ in declared if type_ is not None), None)
        return self._types[key]

    def find(self, name: str, within: ApexType | None = None) -> ApexType | None:
        """Return a type as code in a class names it: an inner type first, of the outer and the super classes too."""
        head, *rest = name.split(".")
        found = self._inner(head, within) or self.top(head)
        for part in rest:
            found = self._inner(part, found, outwards=False) if found else None
        return found

    def _inner(self, name: str, within: ApexType | None, *, outwards: bool = True) -> ApexType | None:
        key, current, steps = name.casefold(), within, 0
        while current is not None and steps < 20:
            for type_ in self.lineage(current):
                if key in type_.inner:
                    return type_.inner[key]
                if type_.name.rpartition(".")[2].casefold() == key and type_.outer is not None:
                    return type_
            current = current.outer if outwards else None
            steps += 1
        return None

    def lineage(self, type_: ApexType) -> Iterator[ApexType]:
        """Yield the class and its super classes, so far as the tree has them."""
        current: ApexType | None = type_
        seen: set[str] = set()
        while current is not None and current.key not in seen:
            seen.add(current.key)
            yield current
            above = current.superclass
            current = self._above(above.name, current) if above else None

    def _above(self, name: str, below: ApexType) -> ApexType | None:
        head, _, rest = name.partition(".")
        if rest:
            top = self.top(head)
            return top.inner.get(rest.casefold()) if top else None
        outer = below.outer
        beside = outer.inner.get(head.casefold()) if outer else None
        return beside if beside is not None and beside is not below else self.top(head)

    def is_a(self, type_: ApexType, name: str) -> bool:
        """Whether a class extends or implements what is named, so far as the tree shows."""
        wanted = name.casefold()
        wanted_last = wanted.rpartition(".")[2]
        for current in self.lineage(type_):
            names = {current.key, current.key.rpartition(".")[2]}
            if wanted in names or wanted_last in names:
                return True
            for interface in (*current.interfaces, *((current.superclass,) if current.superclass else ())):
                if interface.name.casefold() in (wanted, wanted_last):
                    return True
                above = self._above(interface.name, current)
                if above is not None and above.key != current.key and above.abstract and self.is_a(above, name):
                    return True
        return False

    def unread(self, type_: ApexType, name: str) -> tuple[ApexType, Unparsed] | None:
        """Return a part of a class, or of one above it, that could not be read and seems to declare this name."""
        for above in self.lineage(type_) if any(each.gaps for each in self.lineage(type_)) else ():
            declares = re.compile(rf"[\w>\]]\s+{re.escape(name)}\s*[({{;=]", re.IGNORECASE)
            for gap in above.gaps:
                if declares.search(above.file.text, gap.start, gap.end):
                    return above, gap
        return None

    def complete(self, type_: ApexType) -> bool:
        """Whether every super class of a class is in the tree."""
        last = list(self.lineage(type_))[-1]
        return last.superclass is None

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        """The file names that declare something below a type, by that type's last name; a search over the text alone."""
        found: dict[str, set[str]] = {}
        for name, path in self.paths.items():
            text = self.text(path) or ""
            if "extends" not in text.casefold() and "implements" not in text.casefold():
                continue
            for match in DECLARED.finditer(text):
                for above in _NAME.findall(match[2]):
                    found.setdefault(above.rpartition(".")[2].casefold(), set()).add(name)
        return found

    def below(self, name: str) -> list[ApexType]:
        """Return the concrete classes that extend or implement a type, at any distance, by name."""
        wanted, seen, found = [name.rpartition(".")[2].casefold()], set[str](), dict[str, ApexType]()
        while wanted:
            above = wanted.pop()
            if above in seen:
                continue
            seen.add(above)
            for file in sorted(self._below.get(above, ())):
                top = self.top(file)
                for type_ in (top, *top.inner.values()) if top else ():
                    if self.is_a(type_, above) and type_.key.rpartition(".")[2] != above:
                        found[type_.key] = type_
                        wanted.append(type_.key.rpartition(".")[2])
        return [found[key] for key in sorted(found) if not found[key].abstract and not found[key].is_enum]


def _stem(path: str, ending: str) -> str:
    return path.rpartition("/")[2][: -len(ending)].casefold()
