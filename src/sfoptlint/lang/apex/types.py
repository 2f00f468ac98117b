"""Types: reading one, and telling whether one stands somewhere without building it."""

from sfoptlint.lang.apex.cursor import Cursor
from sfoptlint.lang.apex.lexer import WORD
from sfoptlint.lang.apex.nodes import TypeName

_MAX_TYPE_DEPTH = 16
_MAX_TYPE_TOKENS = 120


class TypeParser(Cursor):
    """Reads types: Apex Developer Guide, "Data Types"."""

    __slots__ = ()

    def type_name(self, level: int = 0) -> TypeName:
        """Read a type."""
        i = self.i
        start = self.starts[i]
        name = self.name()
        if self.words[i + 1] not in _GOES_ON:
            return TypeName(start, self.ends[i], (name,), (), 0)
        names = self._dotted(name) if self.words[self.i] == "." else (name,)
        arguments = self._type_arguments(level) if self.words[self.i] == "<" else ()
        dimensions = 0
        while self.words[self.i] == "[" and self.words[self.i + 1] == "]":
            dimensions += 1
            self.i += 2
        return TypeName(start, self.ends[self.i - 1], names, arguments, dimensions)

    def _dotted(self, first: str) -> tuple[str, ...]:
        names = [first]
        while self.words[self.i] == "." and self.kinds[self.i + 1] == WORD and self.words[self.i + 1] != "class":
            names.append(self.texts[self.i + 1])
            self.i += 2
        return tuple(names)

    def _type_arguments(self, level: int) -> tuple[TypeName, ...]:
        if level > _MAX_TYPE_DEPTH:
            self.fail("a type nested too deep")
        self.i += 1
        arguments = [self.type_name(level + 1)]
        while self.accept(","):
            arguments.append(self.type_name(level + 1))
        self.expect(">")
        return tuple(arguments)

    def after_type(self, i: int) -> int:
        """Return the index of the token behind the type that starts at token `i`, or -1 where none does.

        Looks at a bounded number of tokens, so that asking at every operand stays linear.
        """
        if self.kinds[i] != WORD:
            return -1
        words, kinds = self.words, self.kinds
        i += 1
        while words[i] == "." and kinds[i + 1] == WORD:
            i += 2
        if words[i] == "<":
            i = self._after_arguments(i + 1)
            if i < 0:
                return -1
        while words[i] == "[" and words[i + 1] == "]":
            i += 2
        return i

    def _after_arguments(self, i: int) -> int:
        """Return the index behind the `>` that closes the `<` before token `i`, or -1."""
        words, kinds, level = self.words, self.kinds, 1
        for at in range(i, min(i + _MAX_TYPE_TOKENS, len(words))):
            word = words[at]
            if word == "<":
                level += 1
            elif word == ">":
                level -= 1
                if not level:
                    return at + 1
            elif kinds[at] != WORD and word not in _WITHIN_ARGUMENTS:
                return -1
        return -1

    def declares(self, i: int) -> bool:
        """Say whether a type and a name follow at token `i`, as in the declaration of a variable."""
        after = self.after_type(i)
        if after < 0 or self.kinds[after] != WORD:
            return False
        return self.words[after] != "instanceof" and self.words[i] not in _NO_TYPE


_GOES_ON = frozenset((".", "<", "["))
_NO_TYPE = frozenset(("new", "return", "throw", "else"))
_WITHIN_ARGUMENTS = frozenset((",", ".", "[", "]"))
