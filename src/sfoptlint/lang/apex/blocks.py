"""Blocks: statements one after the other, each of which may be broken without costing the others."""

from sfoptlint.lang.apex.cursor import UnparsableError
from sfoptlint.lang.apex.lexer import END
from sfoptlint.lang.apex.modifiers import ACCESS, ModifierParser
from sfoptlint.lang.apex.nodes import Block, Expression, Statement, Unparsed
from sfoptlint.lang.apex.recovery import resume


class BlockParser(ModifierParser):
    """Reads blocks; what a statement is stands in the subclass."""

    __slots__ = ()

    def statement(self) -> Statement:
        """Read one statement."""
        raise NotImplementedError

    def block(self) -> Block:
        """Read `{ .. }`; a block that is never closed ends where a member starts, or with the file."""
        start = self.i
        self.expect("{")
        statements: list[Statement] = []
        while not self.accept("}"):
            if self.kinds[self.i] == END or self.words[self.i] in ACCESS:
                statements.append(self.unclosed())
                break
            statements.append(self.guarded())
        return Block(self.starts[start], self.end(), tuple(statements))

    def guarded(self) -> Statement:
        """Read one statement, or read over it and return the gap."""
        start, depth, before = self.i, self.depth, len(self.gaps)
        try:
            return self.statement()
        except UnparsableError as error:
            self.depth = depth
            return self.read_over(start, before, error)

    def read_over(self, start: int, before: int, error: UnparsableError) -> Unparsed:
        """Step behind the broken part that starts at token `start`; its gap takes those in that were met within it."""
        self.binding = False
        del self.gaps[before:]
        self.i = resume(self.words, self.kinds, start, error.at)
        return self.gap(start, self.i, error.reason, error.at)

    def unclosed(self) -> Unparsed:
        """Return the gap at the end of a block without one; all the blocks that end here share it."""
        at = self.starts[self.i]
        last = self.gaps[-1] if self.gaps else None
        if last is None or last.start != last.end or last.at != at:
            end = self.end()
            last = Unparsed(end, end, f"expected '}}' for this block, found {self.found()}", at)
            self.gaps.append(last)
        return last

    def condition(self) -> Expression:
        """Read an expression between parentheses."""
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        return condition
