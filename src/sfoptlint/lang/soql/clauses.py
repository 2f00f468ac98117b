"""The clauses of a query: SOQL and SOSL Reference, "SOQL SELECT Syntax"."""

from typing import Final

from sfoptlint.lang.soql.conditions import ConditionParser
from sfoptlint.lang.soql.lexer import TokenKind
from sfoptlint.lang.soql.nodes import (
    Bind,
    FieldName,
    FieldsCall,
    FunctionCall,
    Literal,
    Operand,
    Ordering,
    Selected,
    Source,
    Subquery,
    TypeOf,
    TypeOfBranch,
    With,
)

CLAUSES: Final = frozenset(
    ("from", "using", "where", "with", "group", "having", "order", "limit", "offset", "for", "update", "all")
)
"""Words that start a clause, and so are no alias."""


class ClauseParser(ConditionParser):
    """Reads clauses."""

    __slots__ = ()

    def selection(self) -> tuple[Selected, ...]:
        """Read the entries of SELECT."""
        found = [self._selected()]
        while self.accept(","):
            found.append(self._selected())
        return tuple(found)

    def _selected(self) -> Selected:
        start = self.token.start
        value = self._value()
        alias = self._alias()
        return Selected(start, self.end(), value, alias)

    def _value(self) -> FieldName | FunctionCall | FieldsCall | TypeOf | Subquery:
        if self.word == "(":
            return self.subquery()
        if self.word == "typeof" and self.tokens[self.i + 1].kind is TokenKind.WORD:
            return self._typeof()
        if self.word == "fields" and self.ahead() == "(":
            start = self.step().start
            self.expect("(")
            which = self.name().upper()
            self.expect(")")
            return FieldsCall(start, self.end(), which)
        return self.function() if self.ahead() == "(" else self.field()

    def _alias(self) -> str:
        if self.token.kind is not TokenKind.WORD or self.word in CLAUSES:
            return ""
        return self.name()

    def _typeof(self) -> TypeOf:
        start = self.step().start
        field = self.field()
        branches: list[TypeOfBranch] = []
        while not self.accept("end"):
            branches.append(self._typeof_branch())
        return TypeOf(start, self.end(), field, tuple(branches))

    def _typeof_branch(self) -> TypeOfBranch:
        start = self.token.start
        object_ = ""
        if not self.accept("else"):
            self.expect("when")
            object_ = self.name()
            self.expect("then")
        fields = [self.field()]
        while self.accept(","):
            fields.append(self.field())
        return TypeOfBranch(start, self.end(), object_, tuple(fields))

    def sources(self) -> tuple[Source, ...]:
        """Read the objects of FROM."""
        found = [self._source()]
        while self.accept(","):
            found.append(self._source())
        return tuple(found)

    def _source(self) -> Source:
        start = self.token.start
        names = self.names()
        self.accept("as")
        alias = self._alias()
        return Source(start, self.end(), names, alias)

    def using(self) -> str:
        """Read USING, and return its scope or what else it names."""
        if not self.accept("using"):
            return ""
        self.name()
        self.accept("=")
        return self.name().lower()

    def withs(self) -> tuple[With, ...]:
        """Read all WITH clauses: their first word, and over the rest up to the next clause."""
        found: list[With] = []
        while self.word == "with":
            start = self.step().start
            mode = self.name().lower()
            while self.word not in CLAUSES and self.word != ")" and self.token.kind is not TokenKind.END:
                self._rest()
            found.append(With(start, self.end(), mode))
        return tuple(found)

    def _rest(self) -> None:
        """Step over a token, or over a pair of parentheses with all between."""
        opened = self.step().word == "("
        while opened and self.token.kind is not TokenKind.END:
            opened = self.step().word != ")"

    def grouping(self) -> tuple[Operand, ...]:
        """Read GROUP BY, where it stands here."""
        if not self.accept("group", "by"):
            return ()
        found = [self.operand()]
        while self.accept(","):
            found.append(self.operand())
        return tuple(found)

    def ordering(self) -> tuple[Ordering, ...]:
        """Read ORDER BY, where it stands here."""
        if not self.accept("order", "by"):
            return ()
        found = [self._ordering()]
        while self.accept(","):
            found.append(self._ordering())
        return tuple(found)

    def _ordering(self) -> Ordering:
        start = self.token.start
        value = self.operand()
        descending = self.accept("desc")
        if not descending:
            self.accept("asc")
        nulls = ""
        if self.accept("nulls"):
            nulls = self.name().lower()
        return Ordering(start, self.end(), value, descending, nulls)

    def number(self, word: str) -> Literal | Bind | None:
        """Read `LIMIT` or `OFFSET` with its number, where it stands here."""
        return self.literal() if self.accept(word) else None
