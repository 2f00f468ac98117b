"""The same counts in plain Python over CSV: one pass over the memberships into two dictionaries, one over the people."""

import csv
from collections import defaultdict

GONE, HERE = 1, 2
by_address: defaultdict[str, int] = defaultdict(int)
by_lookup: defaultdict[str, int] = defaultdict(int)

with open("wbsendit__Subscription__c.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        said = GONE if row["wbsendit__State__c"] in {"Unsubscribed", "Deleted"} else HERE
        by_address[row["wbsendit__Email__c"].strip().lower()] |= said
        for lookup in (row["wbsendit__Contact__c"], row["wbsendit__Lead__c"]):
            if lookup:
                by_lookup[lookup[:15]] |= said

people = missing = unexplained = mixed = 0
for name in ("Contact.csv", "Lead.csv"):
    with open(name, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row.get("IsConverted") == "true":
                continue
            people += 1
            said = by_address.get(row["Email"].strip().lower(), 0) | by_lookup.get(row["Id"][:15], 0)
            missing += said == GONE and row["HasOptedOutOfEmail"] == "false"
            unexplained += bool(said & HERE) and row["HasOptedOutOfEmail"] == "true"
            mixed += said == GONE | HERE

print(people, missing, unexplained, mixed)
