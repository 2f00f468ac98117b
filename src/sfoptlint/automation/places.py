"""Where a witness's answers belong: `path#element` or `path:line`, and for a row of a query its number.

A row that is not the first of its answer has its number behind the key: `path#element[1]`.
"""

from sfoptlint.core.expr import Free


def place_of(atom: Free) -> str:
    """Return the place of a free atom: its name where it begins with its own path, else its line."""
    if atom.place.path and atom.name.startswith(atom.place.path):
        return atom.name
    return f"{atom.place.path}:{atom.place.line}"


def split_key(key: str) -> tuple[str, int]:
    """Return the place of a row's key, and which row of its answer it is, from 0."""
    place, bracket, number = key.rpartition("[")
    return (place, int(number[:-1])) if bracket and number[:-1].isdigit() and number.endswith("]") else (key, 0)
