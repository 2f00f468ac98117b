"""One file of Apex: text in, a tree with spans and gaps out."""

from typing import Final

from sfoptlint.lang.apex.cursor import UnparsableError
from sfoptlint.lang.apex.lexer import END, Tokens, tokenize
from sfoptlint.lang.apex.nodes import CompilationUnit, DeclarationNode, Member, Unparsed
from sfoptlint.lang.apex.triggers import TriggerParser

HIDDEN: Final = "(hidden)"
"""What the Metadata API gives in place of a managed package's code."""


def parse(text: str) -> CompilationUnit:
    """Return the tree of a class or trigger file; never raises, whatever the text is.

    What the grammar does not know becomes an `Unparsed` node where it stands and an entry of `gaps`. Offsets count
    characters of `text`, a byte order mark included. Two texts have an answer of their own: the body `(hidden)`, which
    the Metadata API gives for a managed package's code (ISVforce Guide, "Managed Packages"), is one gap; the
    `%%%NAMESPACE%%%` tokens of packaging templates are blanks, as where the source is deployed without a namespace.
    """
    if text.strip() == HIDDEN:
        gap = Unparsed(0, len(text), "the source of a managed package is hidden", 0)
        return CompilationUnit(0, len(text), (gap,), (gap,))
    tokens = tokenize(text)
    parser = FileParser(tokens)
    declarations = parser.file()
    gaps = (*parser.gaps, *_comment_gap(tokens, len(text)))
    return CompilationUnit(0, len(text), declarations, tuple(sorted(gaps, key=lambda gap: gap.start)))


def _comment_gap(tokens: Tokens, end: int) -> tuple[Unparsed, ...]:
    start = tokens.open_comment
    return () if start is None else (Unparsed(start, end, "a comment without an end", start),)


class FileParser(TriggerParser):
    """Reads a whole file."""

    __slots__ = ()

    def file(self) -> tuple[Member, ...]:
        """Read declarations up to the end."""
        found: list[Member] = []
        while self.kinds[self.i] != END:
            if not self.accept(";"):
                found.append(self._guarded_declaration())
        return tuple(found)

    def _guarded_declaration(self) -> Member:
        start, before = self.i, len(self.gaps)
        try:
            return self._declaration()
        except UnparsableError as error:
            self.depth = 0
            gap = self.read_over(start, before, error)
            while self.accept("}"):
                pass
            return gap

    def _declaration(self) -> DeclarationNode:
        start = self.starts[self.i]
        if self.words[self.i] == "trigger":
            return self.trigger()
        node = self.inner_type(start, self.modifiers())
        return node if node is not None else self.fail("expected a class, an interface, an enum or a trigger")
