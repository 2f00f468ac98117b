"""Operands: literals, names, calls, parentheses, casts, and what is written behind them."""

from collections.abc import Callable, Mapping
from typing import Final

from sfoptlint.lang.apex.creations import creation
from sfoptlint.lang.apex.expressions import ExpressionParser
from sfoptlint.lang.apex.lexer import DECIMAL, INTEGER, STRING, SYMBOL, WORD
from sfoptlint.lang.apex.literals import decimal_literal, integer_literal, text_literal
from sfoptlint.lang.apex.nodes import (
    ArrayAccess,
    BooleanLiteral,
    CastExpression,
    ClassLiteral,
    ExplicitConstructorInvocation,
    Expression,
    FieldAccess,
    Identifier,
    MethodInvocation,
    NullLiteral,
    Super,
    This,
    TypeName,
    UnaryExpression,
    UpdateExpression,
)
from sfoptlint.lang.apex.queries import QUERY_WORDS, query

_RESERVED: Final = (
    "if", "else", "for", "while", "do", "return", "throw", "try", "catch", "finally", "break", "continue", "instanceof",
)  # fmt: skip
_POSTFIX: Final = frozenset((".", "?.", "[", "++", "--"))
_NUMBERS: Final = frozenset(("integer", "long", "double", "decimal"))
_CAST_BEFORE: Final = frozenset(("(", "!", "~"))


class OperandParser(ExpressionParser):
    """Reads operands."""

    __slots__ = ()

    def unary(self) -> Expression:
        """Read an operand with all that stands before and behind it."""
        i = self.i
        kind = self.kinds[i]
        if kind == WORD:
            special = _WORDS.get(self.words[i])
            node = special(self) if special else self._named(i)
        elif kind == STRING:
            self.i = i + 1
            node = text_literal(self.starts[i], self.ends[i], self.texts[i])
        elif kind == SYMBOL:
            symbol = _SYMBOLS.get(self.words[i])
            if symbol is None:
                self.fail("expected an expression")
            node = symbol(self)
        else:
            node = self._number(i, kind)
        if self.words[self.i] in _POSTFIX:
            return self._postfix(node, i)
        return node

    def _number(self, i: int, kind: int) -> Expression:
        self.i = i + 1
        if kind == INTEGER:
            return integer_literal(self.starts[i], self.ends[i], self.texts[i])
        if kind == DECIMAL:
            return decimal_literal(self.starts[i], self.ends[i], self.texts[i])
        self.i = i
        return self.fail("expected an expression")

    def _named(self, i: int) -> Expression:
        """Read a name, a call of one's own method, or the class literal of a generic or list type."""
        start = self.starts[i]
        following = self.words[i + 1]
        if following == "(":
            self.i = i + 1
            arguments = self.arguments()
            return MethodInvocation(start, self.ends[self.i - 1], None, self.texts[i], start, arguments, False)
        if following == "<" or (following == "[" and self.words[i + 2] == "]"):
            after = self.after_type(i)
            if after > 0 and self.words[after] == "." and self.words[after + 1] == "class":
                type_ = self.type_name()
                self.i = after + 2
                return ClassLiteral(start, self.end(), type_)
        self.i = i + 1
        return Identifier(start, self.ends[i], self.texts[i])

    def _postfix(self, node: Expression, first: int) -> Expression:
        """Read the members, calls, indexes and `++` behind an operand that starts at token `first`."""
        start, links = self.starts[first], 0
        while True:
            word = self.words[self.i]
            if word in {".", "?."}:
                node = self._member(node, start, word == "?.")
            elif word == "[" and self.words[self.i + 1] not in QUERY_WORDS:
                self.i += 1
                index = self.expression()
                self.expect("]")
                node = ArrayAccess(start, self.end(), node, index)
            elif word in {"++", "--"}:
                self.i += 1
                node = UpdateExpression(start, self.end(), word, node, prefix=False)
            else:
                break
            links += 1
        self.longest = max(self.longest, links)
        return node

    def _member(self, node: Expression, start: int, safe: bool) -> Expression:
        """Read what stands behind a dot; two dots leave the namespace out (`Label..Name`)."""
        i = self.i + 1
        if self.words[i] == ".":
            i += 1
        if self.kinds[i] != WORD and self.kinds[i] != DECIMAL:
            self.i = i
            self.fail("expected a name behind '.'")
        if self.words[i + 1] == "(":
            self.i = i + 1
            arguments = self.arguments()
            end = self.ends[self.i - 1]
            return MethodInvocation(start, end, node, self.texts[i], self.starts[i], arguments, safe)
        self.i = i + 1
        if self.words[i] == "class":
            return ClassLiteral(start, self.ends[i], self._as_type(node))
        return FieldAccess(start, self.ends[i], node, self.texts[i], safe)

    def _as_type(self, node: Expression) -> TypeName:
        """Turn a dotted name back into the type that it names."""
        names: list[str] = []
        inner = node
        while isinstance(inner, FieldAccess):
            names.append(inner.field)
            inner = inner.object
        if not isinstance(inner, Identifier):
            self.fail("expected a type before '.class'")
        names.append(inner.name)
        return TypeName(node.start, node.end, tuple(reversed(names)), (), 0)

    def prefixed(self) -> Expression:
        """Read `!`, `-`, `+`, `~`, `++` or `--` and its operand."""
        i = self.i
        operator = self.words[i]
        self.i = i + 1
        operand = self._nested_unary()
        if operator in {"++", "--"}:
            return UpdateExpression(self.starts[i], self.end(), operator, operand, prefix=True)
        return UnaryExpression(self.starts[i], self.end(), operator, operand)

    def _nested_unary(self) -> Expression:
        self.descend()
        operand = self.unary()
        self.depth -= 1
        return operand

    def parenthesized(self) -> Expression:
        """Read a cast, or an expression in parentheses, which leave no node."""
        i = self.i
        after = self.after_type(i + 1)
        if after > 0 and self.words[after] == ")" and self._casts(i + 1, after):
            self.i = i + 1
            type_ = self.type_name()
            self.expect(")")
            value = self._nested_unary()
            return CastExpression(self.starts[i], self.end(), type_, value)
        self.i = i + 1
        node = self.expression()
        self.expect(")")
        return node

    def _casts(self, first: int, closing: int) -> bool:
        """Say whether the type in parentheses converts what follows: `(a) - b` subtracts, `(Integer) - b` converts."""
        word, kind = self.words[closing + 1], self.kinds[closing + 1]
        if kind == WORD:
            return word not in (_BEHIND_BIND if self.binding else _BEHIND)
        if kind in {STRING, INTEGER, DECIMAL} or word in _CAST_BEFORE:
            return True
        if word == "[":
            return self.words[closing + 2] in QUERY_WORDS
        return word in {"-", "+"} and closing == first + 1 and self.words[first] in _NUMBERS

    def this_or_super(self) -> Expression:
        """Read `this` or `super`, or the call of another constructor."""
        i = self.i
        self.i = i + 1
        word = self.words[i]
        if self.words[i + 1] == "(":
            arguments = self.arguments()
            return ExplicitConstructorInvocation(self.starts[i], self.end(), word, arguments)
        return (This if word == "this" else Super)(self.starts[i], self.ends[i])

    def constant(self) -> Expression:
        """Read `true`, `false` or `null`."""
        i = self.i
        self.i = i + 1
        if self.words[i] == "null":
            return NullLiteral(self.starts[i], self.ends[i])
        return BooleanLiteral(self.starts[i], self.ends[i], self.words[i] == "true")

    def reserved(self) -> Expression:
        """Refuse a keyword where an operand should be."""
        return self.fail("expected an expression")


_SYMBOLS: Final[Mapping[str, Callable[[OperandParser], Expression]]] = {
    "(": OperandParser.parenthesized,
    "[": query,
    **dict.fromkeys(("!", "-", "+", "~", "++", "--"), OperandParser.prefixed),
}
_WORDS: Final[Mapping[str, Callable[[OperandParser], Expression]]] = {
    "new": creation,
    **dict.fromkeys(("this", "super"), OperandParser.this_or_super),
    **dict.fromkeys(("true", "false", "null"), OperandParser.constant),
    **dict.fromkeys(_RESERVED, OperandParser.reserved),
}
_BEHIND: Final = frozenset(("instanceof", "else"))
_BEHIND_BIND: Final = frozenset(
    ("instanceof", "and", "or", "limit", "order", "group", "offset", "all", "for", "with", "having", "update")
)
"""Words that go on behind parentheses, so that these are no cast; in a query its own words do too."""
