"""Modifiers, annotations and the variables that they stand before."""

from typing import Final

from sfoptlint.lang.apex.lexer import WORD
from sfoptlint.lang.apex.nodes import (
    Annotation,
    AnnotationArgument,
    LocalVariableDeclaration,
    Modifiers,
    VariableDeclarator,
)
from sfoptlint.lang.apex.operands import OperandParser

ACCESS: Final = frozenset(
    ("public", "private", "protected", "global", "static", "override", "virtual", "abstract", "webservice")
)
"""Modifiers that no local variable can have: where one starts a statement, a member starts."""
_MODIFIERS: Final = ACCESS | {"final", "transient", "testmethod"}
_SHARING: Final = frozenset(("with", "without", "inherited"))


class ModifierParser(OperandParser):
    """Reads what stands before a declaration."""

    __slots__ = ()

    def modifiers(self) -> Modifiers:
        """Read all annotations and modifiers that follow, none included."""
        start = self.i
        annotations: list[Annotation] = []
        words: list[str] = []
        while True:
            word = self.words[self.i]
            if word == "@":
                annotations.append(self._annotation())
            elif word in _MODIFIERS and (self.kinds[self.i + 1] == WORD or self.words[self.i + 1] in {"@", "{"}):
                words.append(word)
                self.i += 1
            elif word in _SHARING and self.words[self.i + 1] == "sharing":
                words.append(word + " sharing")
                self.i += 2
            else:
                break
        end = self.end() if self.i > start else self.starts[start]
        return Modifiers(self.starts[start], end, tuple(annotations), tuple(words))

    def _annotation(self) -> Annotation:
        start = self.starts[self.i]
        self.i += 1
        name = self.name()
        while self.accept("."):
            name += "." + self.name()
        arguments = self._annotation_arguments() if self.words[self.i] == "(" else ()
        return Annotation(start, self.end(), name, arguments)

    def _annotation_arguments(self) -> tuple[AnnotationArgument, ...]:
        self.i += 1
        arguments: list[AnnotationArgument] = []
        while not self.accept(")"):
            start = self.i
            key = ""
            if self.words[start + 1] == "=":
                key = self.name()
                self.i += 1
            value = self.expression()
            arguments.append(AnnotationArgument(self.starts[start], self.end(), key, value))
            self.accept(",")
        return tuple(arguments)

    def declarators(self) -> tuple[VariableDeclarator, ...]:
        """Read names, each with its value or without, up to what follows the last."""
        found = [self._declarator()]
        while self.accept(","):
            found.append(self._declarator())
        return tuple(found)

    def _declarator(self) -> VariableDeclarator:
        start = self.starts[self.i]
        name = self.name()
        value = self.expression() if self.accept("=") else None
        return VariableDeclarator(start, self.end(), name, value)

    def local_variables(self, modifiers: Modifiers) -> LocalVariableDeclaration:
        """Read the declaration of local variables with its `;`."""
        type_ = self.type_name()
        declarators = self.declarators()
        self.expect(";")
        start = modifiers.start if modifiers.end > modifiers.start else type_.start
        return LocalVariableDeclaration(start, self.end(), modifiers, type_, declarators)
