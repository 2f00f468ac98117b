"""Bodies of requests as a cassette compares and keeps them: by what they say, not by how it is written."""

import json
from typing import Any, Final
from urllib.parse import parse_qsl

FORM: Final = "application/x-www-form-urlencoded"


def body_value(body: bytes, content_type: str) -> Any:
    """Return JSON's value, a form's pairs or a text; None for an empty body."""
    text = body.decode("utf-8", "replace")
    if not text.strip():
        return None
    if FORM in content_type.lower():
        return {"form": [list(pair) for pair in parse_qsl(text, keep_blank_values=True)]}
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def is_json(content_type: str) -> bool:
    """Whether a body is JSON."""
    return "json" in content_type.lower()


def is_csv(content_type: str) -> bool:
    """Whether a body is CSV."""
    return "csv" in content_type.lower()
