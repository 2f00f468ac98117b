"""Why an opt-out is missing, and the queries over the result that say it."""

from enum import StrEnum

from sfoptlint.policy.address import stripped_sql
from sfoptlint.reconcile.engine import FOUND
from sfoptlint.reconcile.text import CONVERTED, MEMBERSHIPS, PEOPLE, REPEATED

BLOCKED = "blocked"
"""The table of the people whose simulated save fails or reverts: `blocked_object` and `blocked_id`."""
AGES = "ages"
"""The table of days, `since`, and how many business days ago each was, `age`."""


class Reason(StrEnum):
    """Why an opt-out is missing; the first that holds, in this order."""

    DUPLICATE_EMAIL = "duplicate_email"
    BLOCKED = "blocked_by_automation"
    NOT_SYNCED_YET = "not_synced_yet"
    UNKNOWN = "unknown"


MISSING = "expected AND NOT opted_out"
_JUDGED = f"""(
  SELECT
    {FOUND}.*,
    CASE
      WHEN NOT ({MISSING}) THEN NULL
      WHEN shared THEN '{Reason.DUPLICATE_EMAIL}'
      WHEN {BLOCKED}.blocked_id IS NOT NULL THEN '{Reason.BLOCKED}'
      WHEN unsynced THEN '{Reason.NOT_SYNCED_YET}'
      ELSE '{Reason.UNKNOWN}'
    END AS reason,
    CAST(CAST(changed AS DATE) AS VARCHAR) AS day
  FROM {FOUND}
  LEFT JOIN {BLOCKED} ON {BLOCKED}.blocked_object = {FOUND}.object AND {BLOCKED}.blocked_id = {FOUND}.id
  WHERE ({MISSING}) OR unexplained OR mixed
) AS judged"""

TOTALS = f"""SELECT
  COALESCE(SUM(CASE WHEN object = '{PEOPLE}' THEN n END), 0),
  COALESCE(SUM(CASE WHEN object = '{MEMBERSHIPS}' THEN n END), 0),
  COALESCE(SUM(CASE WHEN object = '{CONVERTED}' THEN n END), 0),
  COUNT(CASE WHEN expected THEN 1 END),
  COUNT(CASE WHEN {MISSING} THEN 1 END),
  COUNT(CASE WHEN unexplained THEN 1 END),
  COUNT(CASE WHEN mixed THEN 1 END),
  COUNT(CASE WHEN ({MISSING}) OR unexplained OR mixed THEN 1 END)
FROM {FOUND}"""

REPEATS = f"SELECT COALESCE(SUM(CASE WHEN object = '{REPEATED}' THEN n END), 0) FROM {FOUND}"
"""How many rows of people may be more than one for each Id, those without an Id among them."""

REPEATED_IDS = """SELECT object, id
FROM (
  SELECT 'Contact' AS object, RECORD_KEY(Id) AS id FROM Contact UNION ALL SELECT 'Lead', RECORD_KEY(Id) FROM Lead
) AS person
GROUP BY object, id HAVING COUNT(*) > 1 OR id IS NULL"""
"""The keys that more than one row has, and NULL where a row has none."""

CANDIDATES = f"SELECT object, id FROM {FOUND} WHERE {MISSING} AND NOT shared ORDER BY object, id"
"""The people for whom a simulated save can be the reason."""

REASONS = f"SELECT reason, COUNT(*) FROM {_JUDGED} WHERE {MISSING} GROUP BY reason"

DAYS = f"SELECT day, COUNT(*) FROM {_JUDGED} WHERE {MISSING} GROUP BY day"

ROWS = f"""SELECT
  object,
  {stripped_sql("id")} AS id,
  CASE
    WHEN {MISSING} THEN 'missing_opt_out' WHEN unexplained THEN 'unexplained_opt_out' ELSE 'mixed_states'
  END AS finding,
  reason,
  day AS changed,
  CASE WHEN {MISSING} THEN CAST({AGES}.age AS INTEGER) END AS business_days
FROM {_JUDGED} LEFT JOIN {AGES} ON {AGES}.since = judged.day
ORDER BY object, id"""
"""A row for everybody who differs or whose memberships are mixed, with why an opt-out is missing and since when."""
