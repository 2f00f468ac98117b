"""The text functions.

Positions count from 1 and characters are Unicode code points. What a function makes of blanks is the open formula engine's:
most are blank, LEN and FIND are 0, and a pattern that is blank is found in everything.
"""

from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.errors import EvaluationError
from sfoptlint.evaluate.law import LONGEST_TEXT, Law, Laws

_IDS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_BLANKS: Final = "".join(map(chr, range(33)))
_TURKIC: Final = ("tr", "az")


def whole(number: Decimal) -> int:
    """Return a number as a position or a count: cut towards zero, and no larger than any text."""
    limit = LONGEST_TEXT * 2
    return int(max(Decimal(-limit), min(Decimal(limit), number)))


def begins(text: str | None, part: str | None) -> Value:
    """BEGINS: TRUE for a blank second text, else blank for a blank first one; regards case."""
    if not part:
        return True
    return None if text is None else text.startswith(part)


def contains(text: str | None, part: str | None) -> Value:
    """CONTAINS: blanks as in BEGINS; regards case."""
    if not part:
        return True
    return None if text is None else part in text


def find(part: str | None, text: str | None, start: Decimal | None = None) -> Value:
    """FIND: the position of the first text in the second, 0 where it is not, or where one is blank."""
    if part is None or text is None:
        return Decimal(0)
    return Decimal(text.find(part, max(0, whole(start) - 1) if start is not None else 0) + 1)


def left(text: str, count: Decimal) -> str:
    """LEFT: the first characters."""
    return text[: max(0, whole(count))]


def right(text: str, count: Decimal) -> str:
    """RIGHT: the last characters."""
    return text[max(0, len(text) - max(0, whole(count))) :]


def mid(text: str, start: Decimal, count: Decimal) -> str:
    """MID: a start before the text counts as 1."""
    first = max(1, whole(start)) - 1
    return text[first : first + max(0, whole(count))]


def substr(text: str, start: Decimal, count: Decimal | None = None) -> str:
    """SUBSTR: a negative start counts from the end, one before the text gives nothing."""
    first = whole(start)
    if first < 0:
        first += len(text)
        if first < 0:
            return ""
    else:
        first = max(0, first - 1)
    return text[first:] if count is None else text[first : first + max(0, whole(count))]


def length(text: str | None) -> Decimal:
    """LEN: 0 for blank."""
    return Decimal(len(text or ""))


def _padding(text: str, count: Decimal, pad: str | None) -> tuple[str, str]:
    size = max(0, whole(count))
    fill = " " if pad is None else pad
    missing = size - len(text)
    if missing <= 0 or not fill:
        return text[:size], ""
    return text, (fill * (missing // len(fill) + 1))[:missing]


def lpad(text: str, count: Decimal, pad: str | None = None) -> str:
    """LPAD: filled from the left to the length, or cut to it."""
    kept, fill = _padding(text, count, pad)
    return fill + kept


def rpad(text: str, count: Decimal, pad: str | None = None) -> str:
    """RPAD: filled from the right to the length, or cut to it."""
    kept, fill = _padding(text, count, pad)
    return kept + fill


def lower(text: str | None, locale: str | None = None) -> Value:
    """LOWER: in Turkish and Azeri, the dot of the I is kept apart."""
    if text is None:
        return None
    if locale and locale[:2].lower() in _TURKIC:
        text = text.replace("\u0130", "i").replace("I", "\u0131")
    return text.lower()


def upper(text: str | None, locale: str | None = None) -> Value:
    """UPPER: in Turkish and Azeri, the dot of the i is kept."""
    if text is None:
        return None
    if locale and locale[:2].lower() in _TURKIC:
        text = text.replace("i", "\u0130")
    return text.upper()


def initcap(text: str) -> str:
    """INITCAP: a letter after something that is neither letter nor digit is large, all others are small."""
    before = " " + text
    return "".join(
        letter.lower() if previous.isalnum() else letter.upper() for previous, letter in zip(before, text, strict=False)
    )


def substitute(text: str | None, old: str | None, new: str | None) -> Value:
    """SUBSTITUTE: every occurrence; a blank replacement removes it."""
    if text is None or not old:
        return text
    if text.count(old) * len(new or "") > LONGEST_TEXT:
        raise EvaluationError("SUBSTITUTE makes the text too long")
    return text.replace(old, new or "")


def trim(text: str) -> str:
    """TRIM: spaces and control characters at both ends go."""
    return text.strip(_BLANKS)


def reverse(text: str) -> str:
    """REVERSE: the characters from last to first."""
    return text[::-1]


def ascii_code(text: str) -> Value:
    """ASCII: the code point of the first character; blank where there is none."""
    return Decimal(ord(text[0])) if text else None


def character(number: Decimal) -> str:
    """CHR: the character of a code point; 0 has none."""
    code = whole(number)
    if not 0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise EvaluationError("CHR needs a code point")
    return chr(code) if code else ""


def case_safe_id(identifier: str) -> str:
    """CASESAFEID: a 15-character id gets the 3 characters that say which of its letters are large."""
    if len(identifier) != 15:
        return identifier
    chunks = (identifier[at : at + 5] for at in (0, 5, 10))
    return identifier + "".join(
        _IDS[sum(1 << bit for bit, letter in enumerate(chunk) if "A" <= letter <= "Z")] for chunk in chunks
    )


def picklist_count(values: str | None) -> Decimal:
    """PICKLISTCOUNT: how many values of a multi-select picklist are chosen."""
    return Decimal(len(values.split(";")) if values else 0)


TEXT_LAWS: Final[Laws] = MappingProxyType(
    {
        "ASCII": Law("t", ascii_code),
        "BEGINS": Law("tt", begins, sees_blank=True),
        "BR": Law("", lambda: "\n"),
        "CASESAFEID": Law("t", case_safe_id),
        "CHR": Law("n", character),
        "CONTAINS": Law("tt", contains, sees_blank=True),
        "FIND": Law("ttn", find, sees_blank=True, optional=1),
        "INITCAP": Law("t", initcap),
        "LEFT": Law("tn", left),
        "LEN": Law("t", length, sees_blank=True),
        "LOWER": Law("tt", lower, sees_blank=True, optional=1),
        "LPAD": Law("tnt", lpad, optional=1),
        "MID": Law("tnn", mid),
        "PICKLISTCOUNT": Law("t", picklist_count, sees_blank=True),
        "REVERSE": Law("t", reverse),
        "RIGHT": Law("tn", right),
        "RPAD": Law("tnt", rpad, optional=1),
        "SUBSTITUTE": Law("ttt", substitute, sees_blank=True),
        "SUBSTR": Law("tnn", substr, optional=1),
        "TRIM": Law("t", trim),
        "UPPER": Law("tt", upper, sees_blank=True, optional=1),
    }
)
"""The text functions by name."""
