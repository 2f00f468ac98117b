"""Text from outside, made safe to print: a name may hold line ends, terminal sequences or half a surrogate pair."""


def printable(text: str) -> str:
    """Return a text as one line of characters that can be seen; each other one stands there as its escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def encodable(text: str) -> str:
    """Return a text that every UTF encoding takes: half a surrogate pair becomes its escape, as JSON writes it too."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
