"""Text for other languages: HTML, URLs, JavaScript, and what a JSON text says."""

import re
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.errors import EvaluationError, UnsupportedError
from sfoptlint.evaluate.formats import number_text
from sfoptlint.evaluate.law import Law, Laws

_HTML: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\u2028": "<br>", "\u2029": "<p>"}
)
_SCRIPT: Final = str.maketrans(
    {
        "\\": "\\\\",
        "'": "\\'",
        '"': '\\"',
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "<": "\\u003C",
        ">": "\\u003E",
        "/": "\\/",
        "*": "\\*",
    }
)
_STEP: Final = re.compile(r"\.([A-Za-z_][A-Za-z0-9_-]*)|\[([0-9]+)\]|\['([^']*)'\]")


def html(text: str) -> str:
    """HTMLENCODE."""
    return text.translate(_HTML)


def script(text: str) -> str:
    """JSENCODE."""
    return text.translate(_SCRIPT)


def url(text: str) -> str:
    """URLENCODE: as an HTML form, a space is a plus."""
    from urllib.parse import quote_plus  # noqa: PLC0415 - slow to import, and conditions never ask for it

    return quote_plus(text, errors="replace")


def json_value(text: str, name: str) -> Value:
    """JSONVALUE: one member of a JSON object as text."""
    found = _loaded(text)
    return _as_text(found.get(name)) if isinstance(found, dict) else None


def json_path_value(text: str, path: str) -> Value:
    """JSONPATHVALUE: what a path of members and indexes leads to, as text; other paths are not evaluated."""
    steps = _STEP.sub("", path.removeprefix("$"))
    if not path.startswith("$") or steps:
        raise UnsupportedError(f"the JSON path {path} is not evaluated")
    found = _loaded(text)
    for member, index, quoted in _STEP.findall(path):
        if isinstance(found, list) and index and int(index) < len(found):
            found = found[int(index)]
        elif isinstance(found, dict) and not index:
            found = found.get(member or quoted)
        else:
            return None
    return _as_text(found)


def _loaded(text: str) -> object:
    import json  # noqa: PLC0415 - slow to import, and conditions never ask for it

    try:
        found: object = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError, ArithmeticError):
        raise EvaluationError("the text is no JSON") from None
    return found


def _as_text(found: object) -> Value:
    match found:
        case None:
            return None
        case bool():
            return "true" if found else "false"
        case Decimal():
            return number_text(found) if abs(found.adjusted()) < 400 else None
        case str():
            return found
        case _:
            raise UnsupportedError("a JSON object or list is not turned into text")


ENCODING_LAWS: Final[Laws] = MappingProxyType(
    {
        "HTMLENCODE": Law("t", html),
        "JSENCODE": Law("t", script),
        "JSINHTMLENCODE": Law("t", lambda text: script(html(text))),
        "JSONPATHVALUE": Law("tt", json_path_value),
        "JSONVALUE": Law("tt", json_value),
        "URLENCODE": Law("t", url),
    }
)
"""The encoding functions by name."""
