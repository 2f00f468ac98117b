"""A record in a file, as the formula command reads it."""

import json
from datetime import datetime, tzinfo
from pathlib import Path

from sfoptlint.calculator.batch import read_fields
from sfoptlint.calculator.calculate import Given
from sfoptlint.calculator.fields import FieldError
from sfoptlint.core.errors import UsageError


def read_record(path: Path | None, now: datetime, zone: tzinfo) -> Given:
    """Return what the file gives, or nothing but the clock; raises `UsageError`.

    The file is a JSON object of fields: a record that is saved unchanged. With the one key `before`, or that and `set`, it
    is an update of the fields in `set`; `before` null is a record being created.
    """
    if path is None:
        return Given(now=now, zone=zone)
    try:
        given = json.loads(path.read_bytes().decode("utf-8-sig"))
        if not isinstance(given, dict):
            raise UsageError(f"--record {path}: not a JSON object")
        if "before" not in given or not set(given) <= {"before", "set"}:
            return Given(read_fields(given), now=now, zone=zone)
        before, after = read_fields(given["before"]), read_fields(given.get("set"))
    except (OSError, ValueError, RecursionError, FieldError) as error:
        raise UsageError(f"--record {path}: {error}") from None
    return Given({**before, **after}, None if given["before"] is None else before, now, zone)
