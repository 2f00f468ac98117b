"""The place in the tokens where the parser stands, the bounds it keeps, and the gaps it has met."""

from typing import Never

from sfoptlint.lang.apex.lexer import BAD, END, STRING, WORD, Tokens
from sfoptlint.lang.apex.nodes import Node, Unparsed, children

MAX_NESTING = 100
"""How deep statements and expressions may nest; real sources stay far below. A level costs the stack four calls."""
MAX_DEPTH = 250
"""How deep a member's tree may get, so that whoever walks it recursively can."""


class UnparsableError(Exception):
    """The source at a token is not what the grammar asks for; caught at the next statement or member."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


class Cursor:
    """Tokens with a position `i`; `depth` is the nesting now, `deepest` and `longest` the worst of this member.

    `binding` is set within the bind of a query, where that query's words end an expression.
    """

    __slots__ = ("binding", "deepest", "depth", "ends", "gaps", "i", "kinds", "longest", "starts", "texts", "words")

    def __init__(self, tokens: Tokens) -> None:
        self.texts = tokens.texts
        self.words = tokens.words
        self.kinds = tokens.kinds
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.i = 0
        self.binding = False
        self.depth = 0
        self.deepest = 0
        self.longest = 0
        self.gaps: list[Unparsed] = []

    def fail(self, reason: str) -> Never:
        """Give this statement or member up, at the token where the cursor stands."""
        raise UnparsableError(f"{reason}, found {self.found()}", self.i)

    def found(self) -> str:
        """Name the token where the cursor stands, for a message."""
        kind = self.kinds[self.i]
        if kind == END:
            return "the end of the file"
        if kind == STRING:
            return "a text"
        if kind == BAD:
            return "a text without its closing quote" if self.texts[self.i][0] == "'" else "a stray character"
        return f"'{self.texts[self.i][:40]}'"

    def expect(self, word: str) -> None:
        """Step over a token that must be there."""
        if self.words[self.i] != word:
            self.fail(f"expected '{word}'")
        self.i += 1

    def accept(self, word: str) -> bool:
        """Step over a token if it is there, and say so."""
        if self.words[self.i] != word:
            return False
        self.i += 1
        return True

    def name(self) -> str:
        """Step over a name and return it as written."""
        i = self.i
        if self.kinds[i] != WORD:
            self.fail("expected a name")
        self.i = i + 1
        return self.texts[i]

    def end(self) -> int:
        """Return the offset where the last token that was stepped over ends."""
        return self.ends[self.i - 1]

    def deepen(self, depth: int) -> None:
        """Note a nesting deeper than any in this member, and refuse it when it passes the bound."""
        if depth > MAX_NESTING:
            raise UnparsableError(f"nested deeper than {MAX_NESTING} levels", self.i)
        self.deepest = depth

    def descend(self) -> None:
        """Go one level deeper; whoever did takes `depth` back."""
        self.depth += 1
        if self.depth > self.deepest:
            self.deepen(self.depth)

    def gap(self, start: int, end: int, reason: str, at: int) -> Unparsed:
        """Record and return a gap between two tokens, `end` not included; `at` is the token that was not expected."""
        last = max(start, end - 1)
        node = Unparsed(self.starts[start], max(self.ends[last], self.starts[start]), reason, self.starts[at])
        self.gaps.append(node)
        return node

    def too_deep(self, node: Node) -> bool:
        """Say whether a finished member's tree is deeper than the bound; measured only where it can be."""
        worst = self.deepest * (self.longest + 4)
        self.deepest = self.longest = 0
        return worst > MAX_DEPTH and _deeper_than(node, MAX_DEPTH)


def _deeper_than(node: Node, bound: int) -> bool:
    level = [node]
    for _ in range(bound):
        level = [child for parent in level for child in children(parent)]
        if not level:
            return False
    return True
