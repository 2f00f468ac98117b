"""Writes new elements into a text in the manner of what stands around them: indentation, line ends, prefix."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from sfoptlint.fix.spans import Span
from sfoptlint.metadata.xml import Element, local_name

_DEFAULT_UNIT = "    "
"""The Metadata API indents by four spaces."""
_LONGEST_INDENT = 1000
_BEFORE_TAG = re.compile(r"(\r\n|\r|\n)([ \t]*)\Z")
_LINE_END = re.compile(r"\r\n|\r|\n")
_REST_OF_LINE = re.compile(r"[ \t]*(?:<!--[^\r\n]*?-->[ \t]*)*(?=[\r\n])")
"""White space and comments up to the line's end: they belong to what stands before them."""


@dataclass(frozen=True, slots=True)
class Node:
    """A new element: with text, or with elements in it."""

    name: str
    text: str = ""
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How elements are set apart where they stand: each on a line with this indentation, or without line ends."""

    line_end: str
    indent: str
    unit: str

    def deeper(self) -> "Manner":
        """Return the manner of the elements within."""
        return Manner(self.line_end, self.indent + self.unit, self.unit)

    def written(self, node: Node, prefix: str) -> str:
        """Return an element, beginning with the line end before it."""
        start = f"{self.line_end}{self.indent}<{prefix}{node.name}>"
        if not node.children:
            return f"{start}{node.text}</{prefix}{node.name}>"
        inner = "".join(self.deeper().written(child, prefix) for child in node.children)
        return f"{start}{inner}{self.line_end}{self.indent}</{prefix}{node.name}>"


_INLINE = Manner("", "", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new element goes: into `parent`, after one of its elements, or before all of them."""

    parent: Element
    after: Element | None


def place_for(name: str, parent: Element) -> Place:
    """Return where an element of this name goes: the Metadata API writes them alphabetically, each name together."""
    after = None
    for child in parent.iterchildren(etree.Element):
        child_name = local_name(child)
        if child_name == name or (child_name < name and (after is None or local_name(after) != name)):
            after = child
    return Place(parent, after)


def inserted(text: str, spans: Mapping[Element, Span], place: Place, node: Node) -> str:
    """Return the text with an element put in its place."""
    parent = spans[place.parent]
    prefix = f"{place.parent.prefix}:" if place.parent.prefix else ""
    if place.after is not None:
        after = spans[place.after]
        at = _end_of_line(text, after.end)
        return text[:at] + _manner(text, after, parent).written(node, prefix) + text[at:]
    first = next(place.parent.iterchildren(etree.Element), None)
    if first is not None:
        at = _end_of_line(text, parent.inside)
        return text[:at] + _manner(text, spans[first], parent).written(node, prefix) + text[at:]
    return _into_empty(text, place, spans, node, prefix)


def _into_empty(text: str, place: Place, spans: Mapping[Element, Span], node: Node, prefix: str) -> str:
    """Fill an element without elements. The slash of `<a/>` stays, as that of the end tag: `<a` `>...<` `/` `a` `>`."""
    parent, above = spans[place.parent], place.parent.getparent()
    outer = _manner(text, parent, None if above is None else spans[above])
    written = outer.deeper().written(node, prefix)
    if parent.has_end_tag:
        if _LINE_END.search(text, parent.inside, parent.closing) is None:
            written += outer.line_end + outer.indent
        at = _end_of_line(text, parent.inside)
        return text[:at] + written + text[at:]
    slash = parent.closing
    filled = f">{written}{outer.line_end}{outer.indent}<"
    return text[:slash] + filled + text[slash] + parent.name + text[slash + 1 :]


def _manner(text: str, span: Span, parent: Span | None) -> Manner:
    """Return how an element is set apart from what stands before it."""
    before = _line_start(text, span)
    if before is None:
        return _INLINE
    line_end, indent = before.groups()
    return Manner(line_end, indent, _unit(text, indent, parent))


def _line_start(text: str, span: Span) -> re.Match[str] | None:
    """Return the line end and the indentation before an element, None where something else stands before it."""
    return _BEFORE_TAG.search(text, max(0, span.start - _LONGEST_INDENT), span.start)


def _unit(text: str, indent: str, parent: Span | None) -> str:
    """Return what one level adds to the indentation."""
    before = _line_start(text, parent) if parent else None
    outer = before[2] if before else ""
    if parent and indent.startswith(outer) and indent != outer:
        return indent.removeprefix(outer)
    return "\t" if indent.startswith("\t") else _DEFAULT_UNIT


def _end_of_line(text: str, at: int) -> int:
    rest = _REST_OF_LINE.match(text, at)
    return rest.end() if rest else at
