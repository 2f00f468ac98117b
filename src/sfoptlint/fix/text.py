"""A metadata file's bytes as text, and back to the very same bytes."""

from dataclasses import dataclass

from sfoptlint.metadata.xml import encoding_of


class CannotRepairError(Exception):
    """A file is left as it is; carries the reason with the remedy."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file's text, and what its bytes take beside it: a byte order mark and an encoding."""

    text: str
    codec: str
    mark: bytes = b""

    def encoded(self, text: str) -> bytes:
        """Return another text as the bytes of the same file."""
        return self.mark + text.encode(self.codec)


def decoded(data: bytes) -> FileText:
    """Return a file's text; raise CannotRepairError where encoding it again would change a byte."""
    codec, mark = encoding_of(data), b""
    if codec in ("utf-16", "utf-32"):  # whose encoders write the mark in the byte order of the machine
        mark = data[: 2 if codec == "utf-16" else 4]
        codec += "-le" if mark.startswith(b"\xff") else "-be"
    try:
        file = FileText(data[len(mark) :].decode(codec), codec, mark)
        same = file.encoded(file.text) == data
    except (LookupError, UnicodeError):
        same = False
    if not same:
        raise CannotRepairError(
            f"is in the encoding {codec}, which cannot be written back byte for byte; save it as UTF-8"
        )
    return file
