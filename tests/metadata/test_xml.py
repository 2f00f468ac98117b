"""XML: what is refused, how, and how quickly; text and places are in `test_positions.py`."""

import time

import pytest

from sfoptlint.core.location import Position
from sfoptlint.metadata.xml import BrokenXmlError, content, decode, is_true, parse_xml, text_of
from tests.memory_orgs import NAMESPACE

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not well-formed XML: Document is empty"),
        (b"  \n ", "is not well-formed XML"),
        (b"\0", "is not well-formed XML"),
        (b"not xml", "is not well-formed XML"),
        (b"<Layout>", "is not well-formed XML"),
        (b"<Layout></Profile>", "is not well-formed XML"),
        (b"<Layout>&nothing;</Layout>", "is not well-formed XML: Entity 'nothing' not defined"),
        (b"<Layout>\0</Layout>", "is not well-formed XML: Invalid character"),
        (b"<Layout>\xff</Layout>", "is not well-formed XML"),
        (b'<?xml version="1.0" encoding="klingon"?><Layout/>', "is not well-formed XML: Unsupported encoding"),
        (b"<a>" * 300 + b"</a>" * 300, "is not well-formed XML: Excessive depth"),
        (b"<Layout>" + b"x" * 11_000_000 + b"</Layout>", "is not well-formed XML"),
        (b"<Layout>" + b"<a/>" * 4_000_001 + b"</Layout>", "has more than 4000000 tags"),
        (b"<!DOCTYPE Layout><Layout/>", "has a document type"),
        (b'<!DOCTYPE Layout SYSTEM "http://example.com/x.dtd"><Layout/>', "has a document type"),
        (b'<!DOCTYPE Layout [<!ENTITY x SYSTEM "file:///etc/hostname">]><Layout>&x;</Layout>', "has a document type"),
        (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><Layout/>', "has a document type"),
        (f'<!DOCTYPE a [<!ENTITY a0 "lol">{LAUGHS}]><Layout>&a11;</Layout>'.encode(), "is not well-formed XML"),
        (f'<!DOCTYPE a [<!ENTITY a0 "lol">{LAUGHS}]><Layout a="&a11;"/>'.encode(), "is not well-formed XML"),
        (b"<Profile/>", "holds <Profile> where <Layout> belongs"),
        (b"<html><body>404</body></html>", "holds <html> where <Layout> belongs"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "is a Git LFS pointer"),
    ],
)
def test_refused_with_one_line_quickly(data: bytes, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(BrokenXmlError) as caught:
        parse_xml(data, "Layout")
    assert caught.value.reason.startswith(reason)
    assert "\n" not in caught.value.reason
    assert "; " in caught.value.reason, "a remedy follows"
    assert time.monotonic() - began < 2


def test_the_place_of_a_mistake_is_told() -> None:
    with pytest.raises(BrokenXmlError) as caught:
        parse_xml(b"<Layout>\n  <a>\n</Layout>", "Layout")
    assert caught.value.position.line == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_every_encoding_is_read(encoding: str) -> None:
    declared = "ISO-8859-1" if encoding == "latin-1" else encoding[:6].upper().rstrip("-")
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<Layout xmlns="{NAMESPACE}">\n  <a>é</a>\n</Layout>'
    data = text.encode(encoding)
    document = parse_xml(data, "Layout")
    assert text_of(document.root, "a") == "é"
    assert document.position(document.select("m:a")[0]) == Position(3, 3)
    assert decode(data) == text


@pytest.mark.parametrize(
    "declared", ["hex", "rot13", "idna", "punycode", "undefined", "unicode_escape", "zip", "x" * 99]
)
def test_an_encoding_that_only_python_knows_is_no_crash(declared: str) -> None:
    assert "é" in decode(f'<?xml version="1.0" encoding="{declared}"?><Layout>é</Layout>'.encode()) or declared == (
        "unicode_escape"
    )


def test_utf8_that_declares_utf16_reads_as_utf8() -> None:
    assert decode(b'<?xml version="1.0" encoding="UTF-16"?><a/>').endswith("<a/>")


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("true", "true"),
        ("  true\n", "true"),
        ("<!-- on -->true", "true"),
        ("tr<!-- a -->u<?p i?>e", "true"),
        ("<![CDATA[true]]>", "true"),
        ("t<![CDATA[ru]]>e", "true"),
        ("&#116;rue", "true"),
        ("<b>false</b>", ""),
        ("", ""),
    ],
)
def test_an_elements_own_text(inner: str, text: str) -> None:
    root = parse_xml(f'<Layout xmlns="{NAMESPACE}"><a>{inner}</a></Layout>'.encode(), "Layout").root
    assert content(root[0]) == text_of(root, "a") == text
    assert is_true(root, "a") == (text == "true")


@pytest.mark.parametrize("word", ["1", "true"])
def test_a_boolean_has_two_spellings(word: str) -> None:
    assert is_true(parse_xml(f"<Layout><a>{word}</a></Layout>".encode(), "Layout").root, "a")


def test_a_file_without_namespace_is_read_the_same() -> None:
    document = parse_xml(b"<Layout><a><b/></a></Layout>", "Layout")
    assert len(document.select("m:a/m:b")) == 1
