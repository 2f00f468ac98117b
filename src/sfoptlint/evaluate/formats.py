"""Values as text: TEXT, durations, money."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.errors import TypeMismatchError
from sfoptlint.evaluate.law import Law, Laws
from sfoptlint.evaluate.numbers import rounded

_NO_CENTS: Final = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_MILS: Final = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def as_text(value: Value) -> str:
    """TEXT: a number without trailing zeros and without a zero before its point; a date-time in UTC, ending in Z."""
    match value:
        case str():
            return value
        case Decimal():
            return number_text(value)
        case datetime():
            utc = value.astimezone(UTC)
            return f"{utc.date().isoformat()} {utc.time().isoformat('seconds')}Z"
        case date():
            return value.isoformat()
        case time():
            return clock_text(value)
        case _:
            raise TypeMismatchError(f"TEXT does not take {type(value).__name__}")


def number_text(number: Decimal) -> str:
    """Return the number as TEXT writes it: `.5`, `-1.25`, `100`."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    digits = digits.removeprefix("0") if digits.startswith("0.") else digits
    return sign + digits if digits != "0" else digits


def clock_text(value: time) -> str:
    """Return a time as TEXT writes it, with milliseconds."""
    return value.isoformat("milliseconds")


def duration(first: Value, second: Value = None) -> str:
    """FORMATDURATION: seconds, with days where asked, or what lies between two date-times or two times."""
    if isinstance(first, Decimal) and (second is None or isinstance(second, bool)):
        return _duration(abs(int(first)), second is True)
    if isinstance(first, datetime) and isinstance(second, datetime):
        return _duration(int(abs((first - second).total_seconds())), True)
    if isinstance(first, time) and isinstance(second, time):
        return _duration(abs(_seconds(first) - _seconds(second)), False)
    raise TypeMismatchError("FORMATDURATION takes seconds, or two date-times, or two times")


def _seconds(value: time) -> int:
    return value.hour * 3600 + value.minute * 60 + value.second


def _duration(seconds: int, with_days: bool) -> str:
    days, rest = divmod(seconds, 86_400) if with_days else (0, seconds)
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return f"{days}:{clock}" if with_days else clock


def currency(code: str | None, amount: Decimal | None) -> Value:
    """FORMATCURRENCY: the code, and the amount with the decimals of that currency."""
    if amount is None:
        return None
    places = 0 if code in _NO_CENTS else 3 if code in _MILS else 2
    text = f"{rounded(amount, Decimal(places)):,.{places}f}"
    return f"{code} {text}" if code else text


FORMAT_LAWS: Final[Laws] = MappingProxyType(
    {
        "FORMATCURRENCY": Law("tn", currency, sees_blank=True),
        "FORMATDURATION": Law("**", duration, optional=1),
        "TEXT": Law("*", as_text),
    }
)
"""The formatting functions by name."""
