"""How old an opt-out is, as the laws on commercial email count: in days from Monday to Friday."""

from datetime import date, timedelta

TO_HONOUR = 10
"""Business days within which an opt-out must be honoured (CAN-SPAM Act, 16 CFR 316, 15 U.S.C. 7704(a)(4))."""
_WORKDAYS = 5


def business_days(since: date, today: date) -> int:
    """Return how many business days came after `since`, up to and with `today`; public holidays are not known here."""
    if today <= since:
        return 0
    weeks, rest = divmod((today - since).days, 7)
    left = (since + timedelta(days=day) for day in range(1, rest + 1))
    return weeks * _WORKDAYS + sum(day.weekday() < _WORKDAYS for day in left)
