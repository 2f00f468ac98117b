"""The floor of the reconciliation: the bare join and aggregate, with nothing checked, no reasons and no rows kept."""

import sys
from pathlib import Path

import duckdb

link, memory = sys.argv[1:]
FORM = "parquet" if Path("Contact.parquet").exists() else "csv"
FLAGS = "BOOL_OR(gone) AS gone, BOOL_OR(NOT gone) AS here"
LINKED = (
    "LEFT JOIN (SELECT {0} AS k, {1} FROM membership WHERE {0} IS NOT NULL GROUP BY {0}) AS linked "
    "ON linked.k = SUBSTRING(Id, 1, 15)"
)
PERSON = """
SELECT opted_out, COALESCE(named.gone, FALSE){gone} AS gone, COALESCE(named.here, FALSE){here} AS here
FROM (SELECT Id, LOWER(TRIM(Email)) AS email, HasOptedOutOfEmail = 'true' AS opted_out FROM '{table}.{form}'{where}) AS person
LEFT JOIN by_address AS named USING (email)
{linked}"""


def person(table: str, key: str, where: str) -> str:
    """Return the query of one object's people with what their memberships say."""
    linked = link == "linked"
    return PERSON.format(
        table=table,
        form=FORM,
        where=where,
        gone=" OR COALESCE(linked.gone, FALSE)" if linked else "",
        here=" OR COALESCE(linked.here, FALSE)" if linked else "",
        linked=LINKED.format(key, FLAGS) if linked else "",
    )


TEXT = f"""
WITH membership AS (
  SELECT LOWER(TRIM(wbsendit__Email__c)) AS email, wbsendit__State__c IN ('Unsubscribed', 'Deleted') AS gone,
    SUBSTRING(wbsendit__Contact__c, 1, 15) AS contact, SUBSTRING(wbsendit__Lead__c, 1, 15) AS lead
  FROM 'wbsendit__Subscription__c.{FORM}'
),
by_address AS (SELECT email, {FLAGS} FROM membership GROUP BY email),
person AS ({person("Contact", "contact", "")} UNION ALL {person("Lead", "lead", " WHERE IsConverted = 'false'")})
SELECT COUNT(*), COUNT(*) FILTER (gone AND NOT here), COUNT(*) FILTER (gone AND NOT here AND NOT opted_out),
  COUNT(*) FILTER (opted_out AND here), COUNT(*) FILTER (gone AND here)
FROM person
"""
settings = {"memory_limit": memory, "preserve_insertion_order": "false"}
print(duckdb.connect(config=dict(settings)).execute(TEXT).fetchall())
