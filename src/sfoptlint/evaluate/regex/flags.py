"""The flags that a pattern sets for itself, `(?i)` and the like."""

from dataclasses import dataclass, replace

from sfoptlint.evaluate.errors import UnsupportedError
from sfoptlint.evaluate.regex.charset import EVERY, LINE_END, CharSet, Complement, Folded, single


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags in force at a place of the pattern."""

    ignore_case: bool = False
    unicode: bool = False
    multiline: bool = False
    dot_all: bool = False
    unix_lines: bool = False
    comments: bool = False

    def set(self, letters: str, value: bool) -> "Flags":
        """Return the flags with those of the letters set or cleared."""
        flags = self
        for letter in letters:
            match letter:
                case "i":
                    flags = replace(flags, ignore_case=value)
                case "u":
                    flags = replace(flags, unicode=value)
                case "m":
                    flags = replace(flags, multiline=value)
                case "s":
                    flags = replace(flags, dot_all=value)
                case "d":
                    flags = replace(flags, unix_lines=value)
                case "x":
                    flags = replace(flags, comments=value)
                case _:
                    raise UnsupportedError(f"the flag {letter} of a regular expression is not evaluated")
        return flags

    def folded(self, charset: CharSet) -> CharSet:
        """Return the set as it is under these flags."""
        return Folded(charset, self.unicode) if self.ignore_case else charset

    def dot(self) -> CharSet:
        """Return what `.` matches."""
        if self.dot_all:
            return EVERY
        return Complement(single("\n") if self.unix_lines else LINE_END)
