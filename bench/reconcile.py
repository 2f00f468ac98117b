"""Reconciling a generated export against the bare join and aggregate on the same files, and against plain Python.

`python -m bench.reconcile 5000000` takes that many people, with twice as many memberships; `make bench` a tenth of a million.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.measure import Cost, measure

PEOPLE = 100_000
MEMORY = "1GB"
_ADDRESS = "'Person' || {0} || '@Example.com'"
_ID = "'{0}' || LPAD(n::VARCHAR, 12, '0') || 'AAA'"
_EXPORTS = {
    "Contact": """
        SELECT {contact} AS Id, {email} AS Email, (HASH(n * 7) % 10 = 0)::VARCHAR AS HasOptedOutOfEmail,
          '2026-11-20T10:00:00.000Z' AS LastModifiedDate
        FROM RANGE({people}) AS people(n) WHERE n % 5 < 3""",
    "Lead": """
        SELECT {lead} AS Id, {email} AS Email, (HASH(n * 7) % 10 = 0)::VARCHAR AS HasOptedOutOfEmail,
          '2026-11-20T10:00:00.000Z' AS LastModifiedDate, (HASH(n * 11) % 20 = 0)::VARCHAR AS IsConverted
        FROM RANGE({people}) AS people(n) WHERE n % 5 >= 3""",
    "wbsendit__Subscription__c": """
        SELECT 'a00' || LPAD(m::VARCHAR, 12, '0') || 'AAA' AS Id,
          CASE WHEN HASH(m * 3) % 40 = 0 THEN 'other' || m || '@example.com ' ELSE {theirs} END AS wbsendit__Email__c,
          ['Active', 'Unsubscribed', 'Active', 'Deleted', 'Active', 'Active', 'Bounced', 'Active', 'Active', 'Unconfirmed']
            [(1 + HASH(m * 13) % 10)::INT] AS wbsendit__State__c,
          'list' || (HASH(m * 17) % 20) AS wbsendit__List_Id__c,
          CASE WHEN n % 5 < 3 AND HASH(m * 19) % 10 > 0 THEN {contact} END AS wbsendit__Contact__c,
          CASE WHEN n % 5 >= 3 AND HASH(m * 19) % 10 > 0 THEN {lead} END AS wbsendit__Lead__c,
          '2026-11-2' || (HASH(m * 23) % 5) || 'T10:00:00.000Z' AS LastModifiedDate
        FROM (SELECT m, (HASH(m) % {people})::BIGINT AS n FROM RANGE(2 * {people}) AS memberships(m))""",
    "wbsendit__Subscriber_List__c": """
        SELECT 'list' || n AS wbsendit__List_Id__c, 'false' AS wbsendit__Prevent_Member_Sync__c,
          '2026-11-22T12:00:00.000Z' AS wbsendit__Last_Synced__c
        FROM RANGE(20) AS lists(n)""",
}  # fmt: skip


def main() -> None:
    """Measure at the size that the command line names, and print each figure as it comes."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    for line in figures(people):
        print(line, flush=True)


def report(people: int) -> str:
    """Return the figures, a line each."""
    return "\n".join(figures(people))


def figures(people: int) -> Iterator[str]:
    """Yield the reconciliation's figures against its floors, for Parquet and for CSV."""
    yield f"reconcile: {people:,} people, {2 * people:,} memberships, {MEMORY} for DuckDB"
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for form in ("parquet", "csv"):
            export = Path(folder) / form
            export.mkdir()
            write_export(export, people, form)
            yield from (f"  {form}: {line}" for line in _measured(export))


def write_export(folder: Path, people: int, form: str) -> None:
    """Write a data directory; every run writes the same."""
    email = f"CASE WHEN HASH(n) % 50 = 0 THEN {_ADDRESS.format('(n - 1)')} ELSE {_ADDRESS.format('n')} END"
    parts = {"email": email, "theirs": _ADDRESS.format("n"), "contact": _ID.format("003"), "lead": _ID.format("00Q")}
    with duckdb.connect() as connection:
        for name, text in _EXPORTS.items():
            query = text.format(people=people, **parts)
            connection.execute(f"COPY ({query}) TO '{folder / name}.{form}' (FORMAT {form})")


def _measured(export: Path) -> Iterator[str]:
    # Everything once: what is compared runs in the same minutes, and a run at full size takes one of them.
    command = [sys.executable, "-m", "sfoptlint", "reconcile", "--data", ".", "--memory-limit", MEMORY]
    ours = measure([*command, "--format", "json"], export)
    yield f"{ours.cpu:.1f} s CPU, {ours.wall:.1f} s wall, peak {ours.peak:.0f} MiB (at most 1144)"
    for link, words in (("linked", "address and look-up"), ("email", "address alone")):
        bare = _bare(export, link)
        yield f"bare join and aggregate by {words} {bare.cpu:.1f} s CPU, ratio {ours.cpu / bare.cpu:.2f} (at most 1.5)"
    if (export / "Contact.csv").exists():
        plain = measure([sys.executable, str(Path(__file__).with_name("reconcile_plain.py"))], export)
        yield f"plain Python {plain.cpu:.1f} s CPU, peak {plain.peak:.0f} MiB, ratio {ours.cpu / plain.cpu:.2f}"


def _bare(export: Path, link: str) -> Cost:
    return measure([sys.executable, str(Path(__file__).with_name("reconcile_floor.py")), link, MEMORY], export)


if __name__ == "__main__":
    main()
