"""SOQL and SOSL: the text of a query in, a tree with spans out."""

from collections.abc import Mapping

from sfoptlint.lang.soql.clauses import ClauseParser
from sfoptlint.lang.soql.cursor import QueryError
from sfoptlint.lang.soql.lexer import TokenKind, tokenize
from sfoptlint.lang.soql.nodes import (
    Bind,
    Condition,
    Literal,
    LiteralType,
    Query,
    Returning,
    SoqlQuery,
    SoslQuery,
    Subquery,
    Unparsed,
)


def parse(
    text: str, start: int = 0, end: int | None = None, binds: Mapping[int, int] | None = None
) -> Query | Unparsed:
    """Return the tree of the query between two offsets of `text`; never raises.

    Offsets of the nodes count from the start of `text`, so that a query within a class needs no arithmetic. `binds` has
    the end of each bind by the offset of its colon, from whoever knows the host language; without it a bind is a dotted
    name with at most one call, as in a query that is put together at run time.
    """
    stop = len(text) if end is None else end
    parser = _QueryParser(text, tokenize(text, start, stop, binds or {}))
    try:
        return parser.whole()
    except QueryError as error:
        return Unparsed(start, stop, error.reason, error.at)


class _QueryParser(ClauseParser):
    """Reads queries."""

    __slots__ = ()

    def whole(self) -> Query:
        """Read the one query of the text."""
        query: Query = self._sosl() if self.word == "find" else self._soql()
        if self.token.kind is not TokenKind.END:
            self.fail("expected the end of the query")
        return query

    def subquery(self) -> Subquery:
        """Read a query in parentheses."""
        start = self.token.start
        self.expect("(")
        self.nest()
        query = self._soql()
        self.depth -= 1
        self.expect(")")
        return Subquery(start, self.end(), query)

    def _soql(self) -> SoqlQuery:
        start = self.token.start
        self.expect("select")
        select = self.selection()
        self.expect("from")
        sources = self.sources()
        scope = self.using()
        where = self._where("where")
        withs = self.withs()
        group_by = self.grouping()
        having = self._where("having")
        order_by = self.ordering()
        limit = self.number("limit")
        offset = self.number("offset")
        purposes = self._purposes()
        all_rows = self.accept("all", "rows")
        return SoqlQuery(
            start,
            self.end(),
            select,
            sources,
            scope,
            where,
            withs,
            group_by,
            having,
            order_by,
            limit,
            offset,
            purposes,
            all_rows,
        )

    def _where(self, word: str) -> Condition | None:
        return self.condition() if self.accept(word) else None

    def _purposes(self) -> tuple[str, ...]:
        found: list[str] = []
        while self.accept("for") or self.accept("update"):
            found.append(self.name().lower())
            while self.accept(","):
                found.append(self.name().lower())
        return tuple(found)

    def _sosl(self) -> SoslQuery:
        start = self.step().start
        term = self._term()
        group = ""
        if self.accept("in"):
            group = self.name().lower()
            self.expect("fields")
        returning: list[Returning] = []
        while self.accept("returning") or (returning and self.accept(",")):
            returning.append(self._returning())
        withs = self.withs()
        self.using()
        limit = self.number("limit")
        offset = self.number("offset")
        self._purposes()
        return SoslQuery(start, self.end(), term, group, tuple(returning), withs, limit, offset)

    def _term(self) -> Literal | Bind:
        """Read what is searched for: a text, a bind, or a term in braces outside Apex."""
        if self.token.kind is TokenKind.BRACES:
            token = self.step()
            return Literal(token.start, token.end, LiteralType.TEXT, self.text[token.start + 1 : token.end - 1])
        return self.literal()

    def _returning(self) -> Returning:
        start = self.token.start
        object_ = self.name()
        if not self.accept("("):
            return Returning(start, self.end(), object_, (), None, (), None, None)
        select = self.selection()
        self.using()
        where = self._where("where")
        order_by = self.ordering()
        limit = self.number("limit")
        offset = self.number("offset")
        self.expect(")")
        return Returning(start, self.end(), object_, select, where, order_by, limit, offset)
