"""One Apex file: its text, its tree, and where what stands in it stands."""

from dataclasses import dataclass, field

from sfoptlint.core.lines import LineIndex
from sfoptlint.core.location import Place
from sfoptlint.lang.apex.nodes import CompilationUnit, Node, QueryExpression
from sfoptlint.lang.soql import parse as parse_soql
from sfoptlint.lang.soql.nodes import Query
from sfoptlint.lang.soql.nodes import Unparsed as NoQuery


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its text and its tree."""

    path: str
    text: str
    unit: CompilationUnit
    lines: LineIndex
    _places: dict[Node, Place] = field(default_factory=dict)
    _queries: dict[int, Query | NoQuery] = field(default_factory=dict)

    def place(self, node: Node) -> Place:
        """Return where a node stands."""
        known = self._places.get(node)
        if known is None:
            at = self.lines.position(node.start)
            width = max(1, len(self.text[node.start : node.end].partition("\n")[0]))
            known = self._places[node] = Place(self.path, at.line, at.column, width)
        return known

    def query(self, node: QueryExpression) -> Query | NoQuery:
        """Return the tree of a query in brackets."""
        known = self._queries.get(node.start)
        if known is None:
            known = parse_soql(self.text, node.start + 1, node.end - 1, node.bind_spans)
            self._queries[node.start] = known
        return known

    def words(self, node: Node, most: int = 80) -> str:
        """Return the source of a node on one line, cut to a readable length."""
        text = " ".join(self.text[node.start : node.end].split())
        return text if len(text) <= most else f"{text[: most - 3]}..."
