"""Members of classes and interfaces: Apex Developer Guide, "Class Methods", "Class Variables", "Apex Properties"."""

from sfoptlint.lang.apex.cursor import UnparsableError
from sfoptlint.lang.apex.lexer import END
from sfoptlint.lang.apex.nodes import (
    AccessorDeclaration,
    Block,
    ConstructorDeclaration,
    DeclarationNode,
    FieldDeclaration,
    FormalParameter,
    Initializer,
    Member,
    MethodDeclaration,
    Modifiers,
)
from sfoptlint.lang.apex.statements import StatementParser


class MemberParser(StatementParser):
    """Reads members; the types among them stand in the subclass."""

    __slots__ = ()

    def inner_type(self, start: int, modifiers: Modifiers) -> DeclarationNode | None:
        """Read a class, an interface or an enum behind its modifiers, where one stands here."""
        raise NotImplementedError

    def body(self) -> tuple[Member, ...]:
        """Read the members between two braces."""
        self.expect("{")
        members: list[Member] = []
        while not self.accept("}"):
            if self.kinds[self.i] == END:
                members.append(self.unclosed())
                break
            if not self.accept(";"):
                members.append(self.guarded_member())
        return tuple(members)

    def guarded_member(self) -> Member:
        """Read one member, or read over it and return the gap; so too where its tree is too deep to be walked."""
        start, depth, before = self.i, self.depth, len(self.gaps)
        try:
            member = self.member()
        except UnparsableError as error:
            self.depth = depth
            return self.read_over(start, before, error)
        if self.too_deep(member):
            del self.gaps[before:]
            return self.gap(start, self.i, "a tree too deep to be walked", start)
        return member

    def member(self) -> DeclarationNode:
        """Read one member."""
        start = self.starts[self.i]
        modifiers = self.modifiers()
        inner = self.inner_type(start, modifiers)
        if inner is not None:
            return inner
        if self.words[self.i] == "{":
            body = self.member_block()
            return Initializer(start, self.end(), "static" in modifiers.words, body)
        type_ = self.type_name()
        if self.words[self.i] == "(" and type_.name.lower() != "void":
            parameters = self.parameters()
            body = self.member_block()
            return ConstructorDeclaration(start, self.end(), modifiers, type_, parameters, body)
        if self.words[self.i + 1] != "(":
            declarators = self.declarators()
            accessors = self._optional_accessors()
            return FieldDeclaration(start, self.end(), modifiers, type_, declarators, accessors)
        name_start = self.starts[self.i]
        name = self.name()
        parameters = self.parameters()
        method_body = self._optional_body()
        return MethodDeclaration(start, self.end(), modifiers, type_, name, name_start, parameters, method_body)

    def _optional_body(self) -> Block | None:
        return None if self.accept(";") else self.member_block()

    def member_block(self) -> Block:
        """Read what a member does, between its braces."""
        return self.block()

    def parameters(self) -> tuple[FormalParameter, ...]:
        """Read the parameters of a method with their parentheses."""
        self.expect("(")
        if self.accept(")"):
            return ()
        found = [self._parameter()]
        while self.accept(","):
            found.append(self._parameter())
        self.expect(")")
        return tuple(found)

    def _parameter(self) -> FormalParameter:
        start = self.starts[self.i]
        modifiers = self.modifiers()
        type_ = self.type_name()
        name = self.name()
        return FormalParameter(start, self.end(), modifiers, type_, name)

    def _optional_accessors(self) -> tuple[AccessorDeclaration, ...] | None:
        if self.words[self.i] == "{":
            return self._accessors()
        self.expect(";")
        return None

    def _accessors(self) -> tuple[AccessorDeclaration, ...]:
        self.expect("{")
        found: list[AccessorDeclaration] = []
        while not self.accept("}"):
            start = self.starts[self.i]
            modifiers = self.modifiers()
            accessor = self.words[self.i]
            if accessor not in {"get", "set"}:
                self.fail("expected 'get' or 'set'")
            self.i += 1
            body = self._optional_body()
            found.append(AccessorDeclaration(start, self.end(), modifiers, accessor, body))
        return tuple(found)
