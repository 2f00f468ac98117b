"""Sets of characters, as a class in brackets or an escape such as `\\d` means them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Ranges:
    """The characters of some ranges of code points, both ends included."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Category:
    """The characters whose Unicode general category begins with one of these letters."""

    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Complement:
    """Every character that the other set does not have."""

    inner: "CharSet"


@dataclass(frozen=True, slots=True)
class Union:
    """The characters of any of the sets."""

    parts: tuple["CharSet", ...]


@dataclass(frozen=True, slots=True)
class Intersection:
    """The characters of all the sets."""

    parts: tuple["CharSet", ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """The set without regard to case; by the ASCII letters alone unless `unicode`."""

    inner: "CharSet"
    unicode: bool


CharSet = Ranges | Category | Complement | Union | Intersection | Folded


def contains(charset: CharSet, character: str) -> bool:
    """Whether the set has the character."""
    match charset:
        case Ranges(ranges=ranges):
            code = ord(character)
            return any(low <= code <= high for low, high in ranges)
        case Category(prefixes=prefixes):
            return unicodedata.category(character).startswith(prefixes)
        case Complement(inner=inner):
            return not contains(inner, character)
        case Union(parts=parts):
            return any(contains(part, character) for part in parts)
        case Intersection(parts=parts):
            return all(contains(part, character) for part in parts)
        case Folded(inner=inner, unicode=unicode):
            return any(contains(inner, other) for other in cases(character, unicode))


def cases(character: str, unicode: bool) -> tuple[str, ...]:
    """Return the character in its cases; those of ASCII letters alone unless `unicode`."""
    if not unicode and not character.isascii():
        return (character,)
    others = {character, character.lower(), character.upper()}
    return tuple(other for other in others if len(other) == 1)


def single(character: str) -> Ranges:
    """Return the set of one character."""
    return Ranges(((ord(character), ord(character)),))


def _spans(*pairs: str) -> Ranges:
    return Ranges(tuple((ord(pair[0]), ord(pair[-1])) for pair in pairs))


DIGIT: Final = _spans("09")
WORD: Final = _spans("az", "AZ", "09", "_")
SPACE: Final = _spans("\t\r", " ")
HORIZONTAL: Final = _spans("\t", " ", "\xa0", "\u1680", "\u180e", "\u2000\u200a", "\u202f", "\u205f", "\u3000")
VERTICAL: Final = _spans("\n\r", "\x85", "\u2028\u2029")
LINE_END: Final = _spans("\n", "\r", "\x85", "\u2028\u2029")
EVERY: Final = Ranges(((0, 0x10FFFF),))
NOTHING: Final = Ranges(())
_PUNCTUATION: Final = _spans("!/", ":@", "[`", "{~")

ESCAPES: Final[Mapping[str, CharSet]] = MappingProxyType(
    {
        "d": DIGIT,
        "w": WORD,
        "s": SPACE,
        "h": HORIZONTAL,
        "v": VERTICAL,
        "D": Complement(DIGIT),
        "W": Complement(WORD),
        "S": Complement(SPACE),
        "H": Complement(HORIZONTAL),
        "V": Complement(VERTICAL),
    }
)
"""The predefined classes by their letter; in Java they are ASCII."""

PROPERTIES: Final[Mapping[str, CharSet]] = MappingProxyType(
    {
        "Lower": _spans("az"),
        "Upper": _spans("AZ"),
        "ASCII": _spans("\x00\x7f"),
        "Alpha": _spans("az", "AZ"),
        "Digit": DIGIT,
        "Alnum": _spans("az", "AZ", "09"),
        "Punct": _PUNCTUATION,
        "Graph": _spans("!~"),
        "Print": _spans(" ~"),
        "Blank": _spans(" ", "\t"),
        "Cntrl": _spans("\x00\x1f", "\x7f"),
        "XDigit": _spans("09", "af", "AF"),
        "Space": SPACE,
        "javaLowerCase": Category(("Ll",)),
        "javaUpperCase": Category(("Lu",)),
        "javaWhitespace": Union((Category(("Z",)), _spans("\t\r", "\x1c\x1f"))),
        "IsAlphabetic": Category(("L", "Nl")),
        "IsLetter": Category(("L",)),
        "IsDigit": Category(("Nd",)),
        "IsPunctuation": Category(("P",)),
        "IsUppercase": Category(("Lu",)),
        "IsLowercase": Category(("Ll",)),
        "IsLatin": _spans("AZ", "az", "\xaa", "\xba", "\xc0\xd6", "\xd8\xf6", "\xf8\u02b8", "\u1e00\u1eff"),
    }
)
"""The named properties of `\\p{..}` beside the general categories."""
CATEGORIES: Final = frozenset(
    [
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "Cn",
    ]
)
"""The Unicode general categories."""
