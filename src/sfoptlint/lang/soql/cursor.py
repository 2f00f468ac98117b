"""The place in the tokens of a query, and the small pieces that all clauses share."""

from typing import Final, Never

from sfoptlint.lang.soql.lexer import Token, TokenKind
from sfoptlint.lang.soql.nodes import Bind, FieldName, FunctionCall, Literal, LiteralType, Operand

MAX_NESTING: Final = 60
"""How deep conditions, functions and subqueries may nest."""
_LITERALS: Final = {
    TokenKind.DATE: LiteralType.DATE,
    TokenKind.DATE_TIME: LiteralType.DATE_TIME,
    TokenKind.DATE_FUNCTION: LiteralType.DATE_FUNCTION,
}
_WORDS: Final = {"true": LiteralType.BOOLEAN, "false": LiteralType.BOOLEAN, "null": LiteralType.NULL}


class QueryError(Exception):
    """The query is not what the grammar asks for."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


class QueryCursor:
    """Tokens with a position."""

    __slots__ = ("depth", "i", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.i = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        """The token where the cursor stands."""
        return self.tokens[self.i]

    @property
    def word(self) -> str:
        """The text of that token in lower case."""
        return self.tokens[self.i].word

    def ahead(self, count: int = 1) -> str:
        """Return the text, in lower case, of a token further on; empty behind the end."""
        i = self.i + count
        return self.tokens[i].word if i < len(self.tokens) else ""

    def fail(self, reason: str) -> Never:
        """Give the query up at the token where the cursor stands."""
        token = self.token
        found = "the end of the query" if token.kind is TokenKind.END else f"'{token.word[:40]}'"
        raise QueryError(f"{reason}, found {found}", token.start)

    def step(self) -> Token:
        """Step over a token and return it."""
        token = self.token
        if token.kind is not TokenKind.END:
            self.i += 1
        return token

    def accept(self, *words: str) -> bool:
        """Step over words if they all follow here, and say so."""
        if any(self.ahead(count) != word for count, word in enumerate(words)):
            return False
        self.i += len(words)
        return True

    def expect(self, word: str) -> None:
        """Step over a word that must be there."""
        if not self.accept(word):
            self.fail(f"expected '{word.upper()}'")

    def end(self) -> int:
        """Return the offset where the last token that was stepped over ends."""
        return self.tokens[self.i - 1].end

    def nest(self) -> None:
        """Go one level deeper; `depth` is set back by whoever went in."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise QueryError(f"nested deeper than {MAX_NESTING} levels", self.token.start)

    def name(self) -> str:
        """Step over a name and return it as written."""
        token = self.token
        if token.kind is not TokenKind.WORD:
            self.fail("expected a name")
        self.i += 1
        return self.text[token.start : token.end]

    def names(self) -> tuple[str, ...]:
        """Step over a dotted name."""
        found = [self.name()]
        while self.accept("."):
            found.append(self.name())
        return tuple(found)

    def field(self) -> FieldName:
        """Read a field."""
        start = self.token.start
        names = self.names()
        return FieldName(start, self.end(), names)

    def operand(self) -> Operand:
        """Read a field, a function, a literal or a bind."""
        if self.token.kind is not TokenKind.WORD or self.word in _WORDS:
            return self.literal()
        return self.function() if self.ahead() == "(" else self.field()

    def function(self) -> FunctionCall:
        """Read a function with its arguments."""
        start = self.token.start
        name = self.name()
        self.expect("(")
        self.nest()
        arguments: list[Operand] = []
        while not self.accept(")"):
            arguments.append(self.operand())
            if not self.accept(","):
                self.expect(")")
                break
        self.depth -= 1
        return FunctionCall(start, self.end(), name, tuple(arguments))

    def literal(self) -> Literal | Bind:
        """Read a constant or a bind."""
        token = self.token
        if token.kind is TokenKind.BIND:
            self.i += 1
            return Bind(token.start, token.end)
        type_ = self._literal_type(token)
        if type_ is None:
            self.fail("expected a value")
        self.i += 1
        source = self.text[token.start : token.end]
        return Literal(token.start, token.end, type_, source[1:-1] if type_ is LiteralType.TEXT else source)

    def _literal_type(self, token: Token) -> LiteralType | None:
        match token.kind:
            case TokenKind.TEXT:
                return LiteralType.TEXT
            case TokenKind.NUMBER:
                return LiteralType.DECIMAL if "." in token.word else LiteralType.INTEGER
            case TokenKind.WORD:
                currency = token.word[:3].isalpha() and token.word[3:].isdecimal()
                return _WORDS.get(token.word, LiteralType.CURRENCY if currency else LiteralType.DATE_WORD)
            case _:
                return _LITERALS.get(token.kind)
