"""How a query is refused: an error code, and a text that shows the place."""

from typing import Final

from sfoptlint.lang.soql.nodes import Node

MALFORMED: Final = "MALFORMED_QUERY"
INVALID_FIELD: Final = "INVALID_FIELD"
INVALID_TYPE: Final = "INVALID_TYPE"
_CONTEXT: Final = 20


class QueryRefusedError(Exception):
    """The query is not answered; `code` is the API's."""

    def __init__(self, code: str, text: str, at: int, reason: str) -> None:
        self.code = code
        before = text[:at]
        line = before.count("\n") + 1
        column = at - (before.rfind("\n") + 1) + 1
        start = max(before.rfind("\n") + 1, at - _CONTEXT)
        stop = text.find("\n", at)
        shown = text[start : min(len(text) if stop < 0 else stop, at + _CONTEXT)]
        super().__init__(f"\n{shown}\n{' ' * (at - start)}^\nERROR at Row:{line}:Column:{column}\n{reason}")


class Refuser:
    """Refuses parts of one query."""

    def __init__(self, text: str) -> None:
        self.text = text

    def malformed(self, node: Node, reason: str) -> QueryRefusedError:
        """Return the refusal of something that is not evaluated, or not allowed."""
        return QueryRefusedError(MALFORMED, self.text, node.start, reason)

    def field(self, node: Node, reason: str) -> QueryRefusedError:
        """Return the refusal of a field."""
        return QueryRefusedError(INVALID_FIELD, self.text, node.start, reason)

    def type(self, node: Node, reason: str) -> QueryRefusedError:
        """Return the refusal of an object."""
        return QueryRefusedError(INVALID_TYPE, self.text, node.start, reason)
