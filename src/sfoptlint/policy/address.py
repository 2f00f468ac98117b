"""When two email addresses are the same one: a definition that both Python and SQL follow.

White space around an address does not count, nor does ASCII case. `+tag` does: it is another mailbox to both systems. Letters
outside ASCII are compared as they are, because engines disagree on their case (`İ` has two lower-case forms).
"""

from string import ascii_lowercase, ascii_uppercase

SURROUNDING = " \t\n\v\f\r\u00a0"
"""What is stripped from both ends."""

_LOWERED = str.maketrans(ascii_uppercase, ascii_lowercase)


def address_key(email: str) -> str:
    """Return what two spellings of one address have in common; empty for a blank, which matches nothing."""
    return email.strip(SURROUNDING).translate(_LOWERED)


def address_key_sql(column: str) -> str:
    """Return the SQL expression of `address_key`, as DuckDB and every dialect made from it understand it.

    It is NULL for a blank, so that no join finds one. `LOWER` would not do: it lowers letters outside ASCII too.
    """
    return f"NULLIF(TRANSLATE({stripped_sql(column)}, '{ascii_uppercase}', '{ascii_lowercase}'), '')"


def stripped_sql(column: str) -> str:
    """Return the SQL expression of a text without the white space around it."""
    listed = " || ".join("' '" if character == " " else f"CHR({ord(character)})" for character in SURROUNDING)
    return f"TRIM({column}, {listed})"
