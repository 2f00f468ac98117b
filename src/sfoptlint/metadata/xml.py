"""XML with the doors shut, and a line and column for every element.

Metadata needs no document type, no entity and nothing from the network, so none is allowed.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import cast

from lxml import etree

from sfoptlint.core.location import Position
from sfoptlint.core.opt_out import PACKAGE_TOKEN

_NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
_START_TAG = re.compile(
    r"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|(?P<tag>[^\s/!?>](?:[^>\"']|\"[^\"]*\"|'[^']*')*>))", re.DOTALL
)
_DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF8_MARK = b"\xef\xbb\xbf"
_BEGINNINGS = (
    (_UTF8_MARK, "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""How a file begins that is not in a superset of ASCII (XML 1.0, appendix F); this outweighs what it declares."""
_WIDE = ("utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4", "iso-10646")
_SHORT_LINE = 1000
"""Bytes; a longer line is that of a file without line ends, and is looked through once for all elements."""
MAX_TAGS = 4_000_000
"""Start and end tags; the parsed form of a file with more would fill the memory."""
_LFS_POINTER = b"version https://git-lfs"


Element = etree._Element  # noqa: SLF001 - the only name that lxml has for it


class BrokenXmlError(Exception):
    """A file is not the XML that its type asks for; carries the reason with the remedy, and the place."""

    def __init__(self, reason: str, position: Position) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position


class Document:
    """A parsed file. `root` is its outermost element; paths are XPath with the prefix `m` for the metadata's namespace."""

    def __init__(self, data: bytes, root: Element) -> None:
        self.root = root
        self._data = data
        self._namespace = etree.QName(root).namespace

    def select(self, path: str, start: Element | None = None) -> list[Element]:
        """Return the elements at an XPath, from the root element or from `start`."""
        element = self.root if start is None else start
        if self._namespace is None:
            found = element.xpath(path.replace("m:", ""))
        else:
            found = element.xpath(path, namespaces={"m": self._namespace})
        return cast("list[Element]", found)

    def position(self, element: Element) -> Position:
        """Return where an element's start tag begins."""
        line = element.sourceline or 1
        raw = self._lines[line - 1] if line <= len(self._lines) else b""
        if len(raw) <= _SHORT_LINE:
            # libxml2 names the line that a start tag ends on: only a tag alone on its line is sure to begin there.
            before, opening, _ = raw.partition(b"<" + local_name(element).encode())
            if opening and not before.strip() and raw.count(b"<") - raw.count(b"</") == 1:
                return Position(line, len(before) + 1)
        ordinal = self._ordinals[element]
        return self._position_at(self._starts[ordinal]) if ordinal < len(self._starts) else Position(line, 1)

    @property
    def mentions_package(self) -> bool:
        """Whether the file names anything of the package."""
        return mentions_package(self._data)

    @cached_property
    def _text(self) -> str:
        return decode(self._data)

    @cached_property
    def _lines(self) -> list[bytes]:
        """The lines as UTF-8 without a byte order mark, for a profile has too many to decode each."""
        data = self._data.removeprefix(_UTF8_MARK)
        return (data if encoding_of(data) == "utf-8" else self._text.encode("utf-8", "replace")).split(b"\n")

    @cached_property
    def _ordinals(self) -> dict[Element, int]:
        """Every element's number in document order; counting anew for each would take quadratic time."""
        return {element: number for number, element in enumerate(self.root.iter(etree.Element))}

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of every start tag, in document order."""
        return [match.start() for match in _START_TAG.finditer(self._text) if match["tag"]]

    @cached_property
    def _line_starts(self) -> list[int]:
        """The offset of every line."""
        return [*accumulate((len(line) + 1 for line in self._text.split("\n")), initial=0)]

    def _position_at(self, offset: int) -> Position:
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)


def parse_xml(data: bytes, expected_root: str) -> Document:
    """Parse a metadata file; raise BrokenXmlError unless it is well-formed with the root element of its type."""
    if data.startswith(_LFS_POINTER):
        raise BrokenXmlError("is a Git LFS pointer, not the file; run `git lfs pull`", Position(1, 1))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    if data.count(b"<") > MAX_TAGS:
        raise BrokenXmlError(
            f"has more than {MAX_TAGS} tags, which metadata never has; retrieve it again", Position(1, 1)
        )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = " ".join((error.msg or "no element found").partition(", line")[0].split())
        raise BrokenXmlError(
            f"is not well-formed XML: {reason}; repair it or retrieve it again",
            Position(max(line or 1, 1), max(column or 1, 1)),
        ) from error
    except (LookupError, ValueError) as error:
        raise BrokenXmlError(f"is not readable as XML: {error}; save it as UTF-8", Position(1, 1)) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenXmlError("has a document type, which metadata never has; remove it", Position(1, 1))
    document = Document(data, root)
    name = local_name(root)
    if name != expected_root:
        raise BrokenXmlError(
            f"holds <{name}> where <{expected_root}> belongs; name the file by its metadata type",
            document.position(root),
        )
    return document


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; a QName of lxml's takes seven times as long to say it."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Element, child: str) -> str:
    """Return the text of the first child of this name without outer white space; empty where there is none."""
    found = next(element.iterchildren("{*}" + child), None)
    return "" if found is None else content(found)


def content(element: Element) -> str:
    """Return an element's own text without outer white space; a comment in the middle of it is no part of it."""
    text = element.text or ""
    return ("".join((text, *(child.tail or "" for child in element))) if len(element) else text).strip()


def is_true(element: Element, child: str) -> bool:
    """Return whether a child says true (XML Schema boolean: `true` or `1`)."""
    return text_of(element, child) in ("true", "1")


def mentions_package(data: bytes) -> bool:
    """Return whether a file names anything of the package, in whichever encoding."""
    return PACKAGE_TOKEN.encode() in data or (b"\0" in data[:4] and PACKAGE_TOKEN in decode(data))


def decode(data: bytes) -> str:
    """Return the text of an XML file by its first bytes, its declaration, or as UTF-8; what is no text becomes U+FFFD."""
    try:
        return data.decode(encoding_of(data), "replace")
    except (LookupError, UnicodeError):  # a codec of Python's that is no character encoding
        return data.decode("utf-8", "replace")


def encoding_of(data: bytes) -> str:
    """Return the name of a file's encoding; a declared one that its first bytes rule out is passed over, as libxml2 does."""
    for beginning, encoding in _BEGINNINGS:
        if data.startswith(beginning):
            return encoding
    declared = _DECLARED_ENCODING.match(data)
    name = declared[1].decode().casefold() if declared else "utf-8"
    return "utf-8" if name in ("utf8", "us-ascii", "ascii") or name.startswith(_WIDE) else name
