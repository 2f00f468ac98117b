"""A unified diff that `git apply` and `patch -p1` take."""

from collections.abc import Iterator
from difflib import unified_diff

from sfoptlint.core.printable import printable
from sfoptlint.metadata.xml import decode

_NO_LINE_END = "\\ No newline at end of file"


def diff_lines(before: bytes, after: bytes, name: str) -> Iterator[str]:
    """Yield the lines of the diff of one file without their line feeds; `name` is its path from where it is applied."""
    old, new = (_quoted(f"{side}/{name}") for side in "ab")
    lines = unified_diff(_lines(decode(before)), _lines(decode(after)), old, new)
    for line in lines:
        text, line_feed, _ = line.partition("\n")
        yield text
        if not line_feed:
            yield _NO_LINE_END


def _lines(text: str) -> list[str]:
    """Return the lines with their line feeds; other characters that end a line elsewhere are content here."""
    *whole, last = text.split("\n")
    return [line + "\n" for line in whole] + ([last] if last else [])


def _quoted(name: str) -> str:
    """Return a path as git writes it: a tab after one with spaces, quotes and escapes about one that cannot be printed."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return name + "\t" if " " in name else name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{printable(escaped)}"'
