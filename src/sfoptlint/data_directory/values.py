"""What the texts of an export mean: checkboxes, moments, blanks."""

from datetime import UTC, datetime, timedelta, timezone
from re import compile as pattern

TRUE_WORDS = frozenset({"true", "1", "yes", "t", "y"})
FALSE_WORDS = frozenset({"false", "0", "no", "f", "n", ""})
_MOMENT = pattern(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?")
"""As the REST API, the Bulk API and the Data Loader write a date-time; without an offset it is UTC."""


def checkbox(text: str) -> bool | None:
    """Return a checkbox's value, blank being FALSE; None for what is none."""
    word = text.strip().casefold()
    return True if word in TRUE_WORDS else False if word in FALSE_WORDS else None


def moment(text: str) -> datetime | None:
    """Return a date-time in UTC, a date being its first moment; None for what is neither, a blank too."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        local = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int((fraction or "0").ljust(6, "0")[:6]),
            _zone(offset),
        )
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str | None) -> timezone:
    if offset in (None, "Z"):
        return UTC
    assert offset is not None
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:].lstrip(":") or 0)))
