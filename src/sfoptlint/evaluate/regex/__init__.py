"""Java's regular expressions: read to a tree, compiled to steps, matched with a bound on the steps.

The platform hands the pattern of REGEX to `java.util.regex.Pattern` and asks for a match of the whole text; the syntax here is
that class's documentation. Python's own `re` differs in meaning and can run for ever, so it is not used.
"""

from sfoptlint.evaluate.regex.match import regex_matches

__all__ = ["regex_matches"]
