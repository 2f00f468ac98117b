"""Classes, interfaces, enums: Apex Developer Guide, "Classes, Objects, and Interfaces"."""

from sfoptlint.lang.apex.lexer import WORD
from sfoptlint.lang.apex.members import MemberParser
from sfoptlint.lang.apex.nodes import (
    ClassDeclaration,
    DeclarationNode,
    EnumDeclaration,
    InterfaceDeclaration,
    Modifiers,
    TypeName,
)


class DeclarationParser(MemberParser):
    """Reads types."""

    __slots__ = ()

    def inner_type(self, start: int, modifiers: Modifiers) -> DeclarationNode | None:
        """Read a class, an interface or an enum behind its modifiers, where one stands here."""
        word = self.words[self.i]
        if word not in {"class", "interface", "enum"} or self.kinds[self.i + 1] != WORD:
            return None
        self.descend()
        self.i += 1
        match word:
            case "class":
                node = self._class(start, modifiers)
            case "interface":
                node = self._interface(start, modifiers)
            case _:
                node = self._enum(start, modifiers)
        self.depth -= 1
        return node

    def _class(self, start: int, modifiers: Modifiers) -> DeclarationNode:
        name_start = self.starts[self.i]
        name = self.name()
        parameters = self._type_parameters()
        superclass = self.type_name() if self.accept("extends") else None
        interfaces = self._types() if self.accept("implements") else ()
        members = self.body()
        return ClassDeclaration(
            start, self.end(), modifiers, name, name_start, parameters, superclass, interfaces, members
        )

    def _interface(self, start: int, modifiers: Modifiers) -> DeclarationNode:
        name_start = self.starts[self.i]
        name = self.name()
        parameters = self._type_parameters()
        extends = self._types() if self.accept("extends") else ()
        members = self.body()
        return InterfaceDeclaration(start, self.end(), modifiers, name, name_start, parameters, extends, members)

    def _enum(self, start: int, modifiers: Modifiers) -> DeclarationNode:
        name_start = self.starts[self.i]
        name = self.name()
        self.expect("{")
        constants: list[str] = []
        while not self.accept("}"):
            constants.append(self.name())
            if not self.accept(","):
                self.expect("}")
                break
        return EnumDeclaration(start, self.end(), modifiers, name, name_start, tuple(constants))

    def _types(self) -> tuple[TypeName, ...]:
        found = [self.type_name()]
        while self.accept(","):
            found.append(self.type_name())
        return tuple(found)

    def _type_parameters(self) -> tuple[str, ...]:
        if not self.accept("<"):
            return ()
        found = [self.name()]
        while self.accept(","):
            found.append(self.name())
        self.expect(">")
        return tuple(found)
