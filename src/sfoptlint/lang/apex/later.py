"""A class file of which each body is read when somebody looks into it: most of what a class does is never walked."""

from sfoptlint.lang.apex.lexer import Tokens, tokenize
from sfoptlint.lang.apex.nodes import Block, CompilationUnit, Statement, Unparsed
from sfoptlint.lang.apex.outline import blanked
from sfoptlint.lang.apex.parser import HIDDEN, FileParser, parse


class LaterBlock(Block):
    """A block whose statements are read when they are first asked for."""

    __slots__ = ("_read", "_text")
    _read: tuple[Statement, ...] | None
    _text: str

    def __init__(self, start: int, end: int, text: str) -> None:
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "_text", text)
        object.__setattr__(self, "_read", None)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What stands between the braces."""
        read = self._read
        if read is None:
            read = _statements(self._text, self.start, self.end)
            object.__setattr__(self, "_read", read)
        return read


def parse_later(text: str) -> CompilationUnit:
    """Return the tree of a class file as `parse` does; gaps of bodies, and of a comment without an end, are not among its own.

    A body that is too deep to be walked is a gap by itself, and what it belongs to stays. Where the braces are not in pairs
    nobody can tell where a body ends: then all of it is read at once.
    """
    hollow = blanked(text)
    if hollow is None or text.strip() == HIDDEN:
        return parse(text)
    parser = _LaterParser(tokenize(hollow), text)
    declarations = parser.file()
    return CompilationUnit(0, len(text), declarations, tuple(parser.gaps))


class _LaterParser(FileParser):
    """Reads a file of which the bodies are blanked, and leaves them to be read in the text as it was."""

    __slots__ = ("_text",)

    def __init__(self, tokens: Tokens, text: str) -> None:
        super().__init__(tokens)
        self._text = text

    def member_block(self) -> Block:
        """Step over what a member does."""
        block = self.block()
        return LaterBlock(block.start, block.end, self._text)


def _statements(text: str, start: int, end: int) -> tuple[Statement, ...]:
    parser = FileParser(tokenize(text, start, end))
    block = parser.block()
    if parser.too_deep(block):
        return (Unparsed(start, end, "a tree too deep to be walked", start),)
    return block.statements
