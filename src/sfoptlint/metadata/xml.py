"""XML with the doors shut, and a line and column for every element.

Metadata needs no document type, no entity and nothing from the network, so none is allowed.
"""

import re
from functools import cached_property
from typing import cast

from lxml import etree

from sfoptlint.core.location import Position
from sfoptlint.core.opt_out import PACKAGE_TOKEN

_NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
_START_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(?P<tag><[^\s/!?>](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL
)
_DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
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
        name = etree.QName(element).localname
        text = self.line(line)
        if text.count("<") - text.count("</") == 1:
            return Position(line, max(text.find("<" + name), 0) + 1)
        ordinal = int(element.xpath("count(preceding::*) + count(ancestor::*)"))
        return self._position_at(self._starts[ordinal]) if ordinal < len(self._starts) else Position(line, 1)

    def line(self, number: int) -> str:
        """Return a source line by its number, without its end; empty past the last."""
        return decode(self._lines[number - 1]).rstrip("\r") if 0 < number <= len(self._lines) else ""

    @property
    def mentions_package(self) -> bool:
        """Whether the file names anything of the package."""
        return PACKAGE_TOKEN.encode() in self._data

    @cached_property
    def _text(self) -> str:
        return decode(self._data)

    @cached_property
    def _lines(self) -> list[bytes]:
        """The lines as UTF-8, for a profile has too many to decode each."""
        data = self._data
        return (data if _is_utf8(data) else decode(data).encode()).split(b"\n")

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of every start tag, in document order."""
        return [match.start() for match in _START_TAG.finditer(self._text) if match["tag"]]

    def _position_at(self, offset: int) -> Position:
        before = self._text[:offset]
        return Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def parse_xml(data: bytes, expected_root: str) -> Document:
    """Parse a metadata file; raise BrokenXmlError unless it is well-formed with the root element of its type."""
    if data.startswith(_LFS_POINTER):
        raise BrokenXmlError("is a Git LFS pointer, not the file; run `git lfs pull`", Position(1, 1))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = (error.msg or "no element found").partition(", line")[0]
        raise BrokenXmlError(
            f"is not well-formed XML: {reason}; repair it or retrieve it again",
            Position(max(line or 1, 1), max(column or 1, 1)),
        ) from error
    except (LookupError, ValueError) as error:
        raise BrokenXmlError(f"is not readable as XML: {error}; save it as UTF-8", Position(1, 1)) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenXmlError("has a document type, which metadata never has; remove it", Position(1, 1))
    document = Document(data, root)
    name = etree.QName(root).localname
    if name != expected_root:
        raise BrokenXmlError(
            f"holds <{name}> where <{expected_root}> belongs; name the file by its metadata type",
            document.position(root),
        )
    return document


def text_of(element: Element, child: str) -> str:
    """Return the text of the first child of this name without outer white space; empty where there is none."""
    found = element.find("{*}" + child)
    return "" if found is None else content(found)


def content(element: Element) -> str:
    """Return an element's own text without outer white space."""
    return "".join(element.itertext()).strip()


def is_true(element: Element, child: str) -> bool:
    """Return whether a child says true (XML Schema boolean: `true` or `1`)."""
    return text_of(element, child) in ("true", "1")


def _is_utf8(data: bytes) -> bool:
    declared = _DECLARED_ENCODING.match(data)
    return not data.startswith((b"\xff\xfe", b"\xfe\xff")) and (
        declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
    )


def decode(data: bytes) -> str:
    """Return the text of an XML file by its byte order mark, its declaration, or as UTF-8; what is no text becomes U+FFFD."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = _DECLARED_ENCODING.match(data)
    try:
        return data.decode(declared[1].decode() if declared else "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
