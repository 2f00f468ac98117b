"""The few entries of a large file that are asked for, without a tree of all the others.

A profile of a large org has a hundred thousand elements, of which a dozen matter. The bytes are searched for the words that an
entry has to hold, the entries that hold one are parsed as a file with nothing else in it, and each stretch between them is
parsed with nothing kept. That each stretch is by itself content of the root element proves that each entry is a child of the
root, and that the whole is well-formed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from lxml import etree

from sfoptlint.core.location import Position
from sfoptlint.metadata.xml import BrokenXmlError, Document, Element, encoding_of, mentions_package, parse_xml

_LONGEST = 10_000_000
"""Bytes; libxml2 refuses a longer text, and notices one only where it builds a tree."""
_OPENING = (
    rb'(?:<\?xml[^>]*\?>)?\s*<%s\s+xmlns="http://soap.sforce.com/2006/04/metadata"'
    rb'(?:\s+xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance")?\s*>'
)
_TWISTS = ((b"!", b"<!"), (b"?", b"<?"), (b"&", b"&#"), (b"=", b"xmlns"))
"""What may hide a word or give an element another name: comments and CDATA, instructions, letters by number, namespaces.

Each stands behind a character of it that is rare, for a single character is found ten times as fast.
"""

Span = tuple[int, int]


def skim(data: bytes, expected_root: str, wanted: Mapping[str, Sequence[str]]) -> Document:
    """Return a metadata file without those children of its root that nobody asks for; places are as in the whole.

    `wanted` has the names of elements, each with the words of which a kept one holds at least one: as a text, or as part of
    one; `>` stands in every element. Raise BrokenXmlError where `parse_xml` does.
    """
    return _skimmed(data, expected_root, wanted) or parse_xml(data, expected_root)


def _skimmed(data: bytes, expected_root: str, wanted: Mapping[str, Sequence[str]]) -> Document | None:
    """Return what is left of a file; None where it is broken, or anything about it is out of the ordinary."""
    closing = f"</{expected_root}>".encode()
    opening = re.match(_OPENING % expected_root.encode(), data)
    end = data.rfind(b"</")
    if opening is None or data[end:].rstrip() != closing or not _is_plain(data, opening.end()):
        return None
    spans = sorted({span for name, words in wanted.items() for span in _holding(data, name, words)})
    nothing: Any = _Nothing()  # the stubs ask for every method, and lxml builds nothing only where there are none
    parser = etree.XMLParser(target=nothing, resolve_entities=False, no_network=True)
    at = opening.end()
    try:
        for start, stop in (*spans, (end, end)):
            if start < at:
                return None
            etree.fromstring(opening[0] + data[at:start] + closing, parser)
            if parser.error_log:  # an unknown prefix, which is refused only where a tree is built
                return None
            at = stop
        kept = b"\n".join((opening[0], *(data[start:stop] for start, stop in spans), closing))
        origins = list(_origins(data, spans, opening[0].count(b"\n") + 2))
        return _Excerpt(data, origins, kept, parse_xml(kept, expected_root).root)
    except (etree.XMLSyntaxError, BrokenXmlError, LookupError, ValueError):
        return None


class _Excerpt(Document):
    """What was kept of a file: the tags of the root, and between them the spans, each of which begins a line of its own.

    `origins` has for each span its first line in what was kept, and where it begins in the whole.
    """

    def __init__(self, whole: bytes, origins: Sequence[tuple[int, Position]], kept: bytes, root: Element) -> None:
        super().__init__(kept, root)
        self._whole = whole
        self._origins = origins

    def position(self, element: Element) -> Position:
        """Return where an element's start tag begins in the whole."""
        at = super().position(element)
        index = bisect_right(self._origins, at.line, key=itemgetter(0))
        if index == 0:
            return at
        first, origin = self._origins[index - 1]
        return Position(origin.line + at.line - first, at.column + (origin.column - 1 if at.line == first else 0))

    @property
    def mentions_package(self) -> bool:
        """Whether the whole names anything of the package."""
        return mentions_package(self._whole)


class _Nothing:
    """What a parser without a tree builds."""

    def close(self) -> None:
        """Answer the end of the file."""


def _is_plain(data: bytes, start: int) -> bool:
    """Return whether each word and name of a file's content stands there letter by letter."""
    if len(data) > _LONGEST or encoding_of(data) != "utf-8":
        return False
    return not any(data.find(rare, start) >= 0 and data.find(twist, start) >= 0 for rare, twist in _TWISTS)


def _holding(data: bytes, name: str, words: Sequence[str]) -> Iterator[Span]:
    """Yield where the elements of one name stand that hold a word, from start tag to end tag; they are not nested."""
    start_tag, end_tag = f"<{name}".encode(), f"</{name}".encode()
    first = data.find(start_tag)
    last = data.rfind(end_tag, first) if first >= 0 else -1
    for word in words:
        at = first
        while 0 <= at < last and (found := data.find(word.encode(), at, last)) >= 0:
            start = data.rfind(start_tag, at, found)
            if start < 0:  # the word stands between two of them
                at = data.find(start_tag, found)
                continue
            at = data.find(b">", data.find(end_tag, start)) + 1
            if found < at:
                yield start, at


def _origins(data: bytes, spans: Sequence[Span], first: int) -> Iterator[tuple[int, Position]]:
    """Yield for each span its line where they stand one below the other from the line `first`, and where it begins here."""
    at, line, column = 0, 1, 1
    for start, stop in spans:
        passed = data[at:start]
        last = passed.rfind(b"\n")
        line += passed.count(b"\n")
        column = len(passed[last + 1 :].decode("utf-8", "replace")) + (1 if last >= 0 else column)
        at = start
        yield first, Position(line, column)
        first += data.count(b"\n", start, stop) + 1
