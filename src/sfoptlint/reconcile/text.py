"""The one SQL text of the reconciliation, in DuckDB's dialect; every other dialect is made from it.

It reads the objects as tables by their API names. Five functions stand for what differs between engines and files: `ADDRESS_KEY`
and `RECORD_KEY`, the policy's definitions, `CHECKBOX` and `MOMENT`, which read an exported text, and `ID_MARK`, a record's key as
it is counted most cheaply (`dialect.py` replaces them).

Its result has a row for every person who is expected to be opted out, whose memberships are mixed or whose opt-out nothing
explains, and four rows of totals (`n`, with the total's name as `object`). `repeated` among them is how many rows of people may
be more than one for each Id: none, as in an org, or the keys have to be looked at.

Memberships are read once and aggregated by address and by look-up before anybody is joined: what is kept in memory is an
address or an id with two values, and people are read where they are asked for. The values are the greatest of what the
memberships say, by `_OTHER`, `_UNSYNCED`, `_OUT`, and when the last of those opted out changed, which is NULL where none is.
"""

from collections.abc import Iterable

from sfoptlint.core.settings import Link, Policy

PEOPLE, MEMBERSHIPS, CONVERTED, REPEATED = "people", "memberships", "converted_leads", "repeated"
"""The totals' names."""

_OTHER, _UNSYNCED, _OUT, _NOTHING = 3, 2, 1, 0
"""What a membership says: another state, opted out since its list was synced, opted out, nothing. The greater one decides."""
_ONCE = "CAST('0001-01-01 00:00:00' AS TIMESTAMP)"
"""When a membership changed of which nobody says when."""

_MEMBERSHIP = f"""
membership AS (
  SELECT
    ADDRESS_KEY(wbsendit__Email__c) AS address,
    RECORD_KEY(wbsendit__Contact__c) AS contact,
    RECORD_KEY(wbsendit__Lead__c) AS lead,
    {{other}} AS is_other,
    CASE WHEN {{opted_out}} THEN COALESCE(MOMENT(LastModifiedDate), {_ONCE}) END AS changed,
    wbsendit__List_Id__c AS list_id
  FROM wbsendit__Subscription__c
),
list AS (
  SELECT wbsendit__List_Id__c AS list_id, MAX(MOMENT(wbsendit__Last_Synced__c)) AS synced
  FROM wbsendit__Subscriber_List__c
  GROUP BY wbsendit__List_Id__c
),
counted AS (
  SELECT
    address, contact, lead, changed,
    CASE
      WHEN is_other THEN {_OTHER} WHEN changed > synced THEN {_UNSYNCED} WHEN changed IS NOT NULL THEN {_OUT}
    END AS said
  FROM membership LEFT JOIN list ON membership.list_id = list.list_id
)"""

_PEOPLE = """
contact_ AS NOT MATERIALIZED (
  SELECT Id AS id, ADDRESS_KEY(Email) AS address, CHECKBOX(HasOptedOutOfEmail) AS opted_out FROM Contact
),
any_lead AS NOT MATERIALIZED (
  SELECT
    Id AS id, ADDRESS_KEY(Email) AS address, CHECKBOX(IsConverted) AS converted,
    CASE WHEN CHECKBOX(IsConverted) THEN FALSE ELSE CHECKBOX(HasOptedOutOfEmail) END AS opted_out
  FROM Lead
),
lead_ AS NOT MATERIALIZED (SELECT id, address, opted_out FROM any_lead WHERE NOT converted),
person AS NOT MATERIALIZED (SELECT address FROM contact_ UNION ALL SELECT address FROM lead_)"""

_GROUPED = """
by_{key} AS (
  SELECT {key}, MAX(said) AS said, MAX(changed) AS changed FROM counted WHERE {key} IS NOT NULL GROUP BY {key}
)"""

_STANDING = """
  SELECT '{name}' AS object, {object}_.id, {object}_.address, opted_out, {said} AS said, {changed} AS changed
  FROM {object}_
  {address_join}LEFT JOIN by_{object} ON by_{object}.{object} = RECORD_KEY({object}_.id)"""

_RESULT = f"""
judged AS (
  SELECT
    object, id, address, opted_out,
    changed IS NOT NULL AND said < {_OTHER} AS expected,
    changed IS NOT NULL AND said = {_OTHER} AS mixed,
    opted_out AND said = {_OTHER} AS unexplained,
    said = {_UNSYNCED} AS unsynced,
    NULLIF(changed, {_ONCE}) AS changed
  FROM standing
),
differing AS MATERIALIZED (
  SELECT
    object, id, CASE WHEN expected AND NOT opted_out THEN address END AS address, opted_out, expected, mixed, unexplained,
    unsynced, changed
  FROM judged
  WHERE expected OR mixed OR unexplained
),
shared AS (
  SELECT address
  FROM person
  WHERE address IN (SELECT address FROM differing WHERE address IS NOT NULL)
  GROUP BY address HAVING COUNT(*) > 1
),
row_count AS MATERIALIZED (
  SELECT COUNT(*) AS n, 0 AS converted, COUNT(DISTINCT ID_MARK(id)) AS ids FROM contact_
  UNION ALL
  SELECT COUNT(*), COUNT(CASE WHEN converted THEN 1 END), COUNT(DISTINCT ID_MARK(id)) FROM any_lead
)
SELECT
  object, id, opted_out, expected, mixed, unexplained, shared.address IS NOT NULL AS shared, unsynced, changed, 1 AS n
FROM differing LEFT JOIN shared ON shared.address = differing.address
UNION ALL """

_TOTAL = "SELECT '{name}', NULL, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, NULL, {count} FROM {source}"


def reconciliation_text(policy: Policy) -> str:
    """Return the SQL text of the reconciliation under a policy."""
    by_email = policy.link is Link.LOOKUP_OR_EMAIL
    parts = [
        _MEMBERSHIP.format(
            opted_out=_is_among(policy.opted_out_states - policy.ignored_states),
            other=f"NOT {_is_among(policy.opted_out_states | policy.ignored_states)}",
        ),
        _PEOPLE,
        *(_GROUPED.format(key=key) for key in (["address"] if by_email else []) + ["contact", "lead"]),
        "\nstanding AS (" + "\n  UNION ALL".join(_standing(n, by_email=by_email) for n in ("contact", "lead")) + "\n)",
        _RESULT + "\nUNION ALL ".join(_totals()),
    ]
    return "WITH" + ",".join(parts)


def _is_among(states: Iterable[str]) -> str:
    """Return the test of a state, false for a blank one."""
    listed = ", ".join(f"'{state}'" for state in sorted(states))
    return f"COALESCE(wbsendit__State__c IN ({listed}), FALSE)" if listed else "FALSE"


def _standing(name: str, *, by_email: bool) -> str:
    sources = (["by_address"] if by_email else []) + [f"by_{name}"]
    return _STANDING.format(
        name=name.capitalize(),
        object=name,
        address_join=f"LEFT JOIN by_address ON by_address.address = {name}_.address\n  " if by_email else "",
        said=_greatest([f"COALESCE({source}.said, {_NOTHING})" for source in sources]),
        changed=_later([f"{source}.changed" for source in sources]),
    )


def _greatest(numbers: list[str]) -> str:
    return f"GREATEST({', '.join(numbers)})" if len(numbers) > 1 else numbers[0]


def _later(times: list[str]) -> str:
    """Return the later of what is known; GREATEST with a NULL differs between engines."""
    if len(times) == 1:
        return times[0]
    one, other = times
    return f"CASE WHEN {one} > {other} OR {other} IS NULL THEN {one} ELSE {other} END"


def _totals() -> Iterable[str]:
    yield _TOTAL.format(name=PEOPLE, count="SUM(n - converted)", source="row_count")
    yield _TOTAL.format(name=MEMBERSHIPS, count="COUNT(*)", source="counted")
    yield _TOTAL.format(name=CONVERTED, count="SUM(converted)", source="row_count")
    yield _TOTAL.format(name=REPEATED, count="SUM(n - ids)", source="row_count")
