"""Values in the words of a trace."""

from sfoptlint.core.expr import Value
from sfoptlint.core.witness import Values, plain


def shown(value: Value) -> str:
    """Return a value in words: blank, true, false, or as JSON has it."""
    said = plain(value)
    if said is None or said == "":
        return "blank"
    return str(said).lower() if isinstance(said, bool) else str(said)


def listed(values: Values) -> str:
    """Return fields and what they are set to."""
    return ", ".join(f"{name} to {shown(value)}" for name, value in values.items())
