"""Tokens to a tree, by operator precedence.

The precedence is the open formula engine's (`Formula.g4` in salesforce/formula-engine) and differs from arithmetic's in one
place: `^` binds more loosely than `*` and `/`, so `2*3^2` is 36. Prefix operators bind tightest, `NOT` without parentheses
included, and every infix operator is left-associative.

What waits for its right operand or its closing parenthesis is kept on a list of its own instead of Python's call stack, so
that no formula can exhaust that; more than `MAX_NESTING` waiting at once is a diagnostic.
"""

from types import MappingProxyType
from typing import Final, NamedTuple, NoReturn

from sfoptlint.lang.formula.diagnostics import Diagnostic, FormulaSyntaxError, Problem
from sfoptlint.lang.formula.lexer import Token, text_value, tokenise
from sfoptlint.lang.formula.nodes import Binary, Boolean, Call, Node, Null, Number, Reference, Span, Text, Unary

MAX_NESTING: Final = 500
"""Open parentheses, calls and operators that may wait at once; the platform's 3,900 characters rarely need 50."""

PRECEDENCE: Final = MappingProxyType(
    {
        "||": 1,
        "&&": 2,
        "=": 3,
        "==": 3,
        "<>": 3,
        "!=": 3,
        "<": 4,
        "<=": 4,
        ">": 4,
        ">=": 4,
        "+": 5,
        "-": 5,
        "&": 5,
        "^": 6,
        "*": 7,
        "/": 7,
    }
)
"""How tightly each infix operator binds, from loose to tight."""
PREFIX: Final = 8
"""How tightly a prefix operator binds."""
PREFIXES: Final = frozenset({"-", "+", "!"})


class _Waiting(NamedTuple):
    """An operator or an open parenthesis that waits; `precedence` is 0 for a parenthesis."""

    precedence: int
    token: Token
    depth: int = 0
    """For a parenthesis: how many operands were there before it."""


class _Parser:
    """One parse: operands made so far, and what waits for more."""

    __slots__ = ("_operands", "_tokens", "_waiting")

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._operands: list[Node] = []
        self._waiting: list[_Waiting] = []

    def parse(self) -> Node:
        at = 0
        while True:
            at = self._operand(at)
            at = self._operator(at)
            if at < 0:
                return self._operands[0]

    def _operand(self, at: int) -> int:
        """Read up to the end of one operand, opening what has to be opened on the way; return what is next."""
        tokens = self._tokens
        while True:
            token = tokens[at]
            kind, text, start = token
            if kind == "name":
                if tokens[at + 1].text == "(" and tokens[at + 1].kind == "mark":
                    if tokens[at + 2].text == ")" and tokens[at + 2].kind == "mark":
                        self._operands.append(Call(text, (), Span(start, tokens[at + 2].start + 1)))
                        return at + 3
                    self._wait(_Waiting(0, token, len(self._operands)))
                    at += 2
                elif text.upper() == "NOT":
                    self._wait(_Waiting(PREFIX, token))
                    at += 1
                else:
                    self._operands.append(_name(token))
                    return at + 1
            elif text == "(" and kind == "mark":
                self._wait(_Waiting(0, token, len(self._operands)))
                at += 1
            elif kind == "operator" and text in PREFIXES:
                self._wait(_Waiting(PREFIX, token))
                at += 1
            else:
                self._operands.append(self._literal(token))
                return at + 1

    def _literal(self, token: Token) -> Node:
        match token.kind:
            case "number":
                return Number(token.text, token.span)
            case "text":
                return Text(text_value(token), token.span)
            case "braced":
                return Reference(token.text[2:-1].strip(), True, token.span)
        raise self._missing_operand(token)

    def _operator(self, at: int) -> int:
        """Read from behind an operand to the next place for one; return it, or -1 at the end of the formula."""
        while True:
            token = self._tokens[at]
            precedence = PRECEDENCE.get(token.text) if token.kind == "operator" else None
            if precedence is not None:
                self._reduce(precedence)
                self._wait(_Waiting(precedence, token))
                return at + 1
            if token.kind == "mark" and token.text != "(":
                self._reduce(1)
                opened = self._opened(token)
                if token.text == ",":
                    if opened.token.text == "(":
                        _fail(token, "unexpected ,", "only a function's arguments are separated by commas")
                    return at + 1
                self._close(token)
                at += 1
            elif token.kind == "end":
                self._reduce(1)
                self._finish()
                return -1
            else:
                self._unexpected(token)

    def _reduce(self, precedence: int) -> None:
        """Build every waiting operator that binds at least this tightly."""
        waiting, operands = self._waiting, self._operands
        while waiting and waiting[-1].precedence >= precedence:
            operator = waiting.pop()
            right = operands.pop()
            symbol = operator.token
            if operator.precedence == PREFIX:
                operands.append(Unary(symbol.text, right, Span(symbol.start, right.span.end)))
            else:
                left = operands.pop()
                operands.append(Binary(symbol.text, left, right, Span(left.span.start, right.span.end)))

    def _opened(self, token: Token) -> _Waiting:
        if not self._waiting:
            _fail(token, f"unexpected {token.text}", "no parenthesis is open here" if token.text == ")" else "")
        return self._waiting[-1]

    def _close(self, token: Token) -> None:
        opened = self._waiting.pop()
        name = opened.token
        if name.text == "(":
            return
        arguments = tuple(self._operands[opened.depth :])
        del self._operands[opened.depth :]
        span = Span(name.start, token.start + 1)
        if name.text.upper() == "NOT" and len(arguments) == 1:
            self._operands.append(Unary(name.text, arguments[0], span))
        else:
            self._operands.append(Call(name.text, arguments, span))

    def _finish(self) -> None:
        if self._waiting:
            opened = self._waiting[-1].token
            what = "this parenthesis" if opened.text == "(" else f"{opened.text}("
            _fail(opened, f"{what} is not closed", "expected )")

    def _wait(self, waiting: _Waiting) -> None:
        if len(self._waiting) >= MAX_NESTING:
            message = f"the formula is nested more than {MAX_NESTING} deep"
            raise FormulaSyntaxError(Diagnostic(Problem.NESTING, message, waiting.token.span))
        self._waiting.append(waiting)

    def _missing_operand(self, token: Token) -> FormulaSyntaxError:
        hint = "expected a value, a field or a function"
        if token.kind != "end":
            return _error(token, f"unexpected {token.text}", hint)
        if not self._waiting:
            return _error(token, "the formula is empty", hint)
        last = self._waiting[-1].token
        opens = last.kind == "name" and self._waiting[-1].precedence == 0
        return _error(token, f"the formula ends after {last.text}{'(' * opens}", hint)

    def _unexpected(self, token: Token) -> NoReturn:
        name = token.text.upper()
        if name in ("AND", "OR"):
            symbol = "&&" if name == "AND" else "||"
            _fail(token, f"unexpected {token.text}", f"write {name}(a, b) or a {symbol} b")
        before = self._tokens[self._tokens.index(token) - 1]
        if before.kind == "number" and token.kind == "name" and before.span.end == token.start:
            _fail(before, f"unexpected {before.text}{token.text}", "a name does not start with a digit")
        expected = "an operator"
        if self._waiting and any(waiting.precedence == 0 for waiting in self._waiting):
            expected = "an operator, a comma or )"
        _fail(token, f"unexpected {token.text}", f"expected {expected}")


def _name(token: Token) -> Node:
    text = token.text
    match text.upper():
        case "TRUE":
            return Boolean(True, token.span)
        case "FALSE":
            return Boolean(False, token.span)
        case "NULL":
            return Null(token.span)
        case _:
            if text[-1] in ".:" or ".." in text:
                _fail(token, f"{text} lacks a name after its {text[-1] if text[-1] in '.:' else '.'}", "")
            return Reference(text, False, token.span)


def _error(token: Token, message: str, hint: str) -> FormulaSyntaxError:
    return FormulaSyntaxError(Diagnostic(Problem.SYNTAX, message, token.span, hint))


def _fail(token: Token, message: str, hint: str) -> NoReturn:
    raise _error(token, message, hint)


def parse(text: str) -> Node:
    """Return the formula's tree; raises `FormulaSyntaxError`, and nothing else, where the text is no formula."""
    return _Parser(tokenise(text)).parse()
