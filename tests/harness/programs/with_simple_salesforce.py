# mypy: ignore-errors
"""What somebody's script does with simple-salesforce."""

import os

from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest

FIELD = "HasOptedOutOfEmail"
sf = Salesforce(session_id="any", instance_url=os.environ["SALESFORCE"], version="62.0")

print("global", "Contact" in [o["name"] for o in sf.describe()["sobjects"]])
fields = {field["name"]: field for field in sf.Contact.describe()["fields"]}
print("describe", fields[FIELD]["type"], fields[FIELD]["updateable"], fields["Id"]["updateable"])
rows = list(
    sf.query_all_iter("SELECT Id, Email FROM Contact ORDER BY Email", headers={"Sforce-Query-Options": "batchSize=200"})
)
print("rows", len(rows), rows[0]["Email"], rows[-1]["Email"])
print("count", sf.query("SELECT COUNT() FROM Contact")["totalSize"])
print("update", sf.Contact.update(rows[0]["Id"], {FIELD: True}))
print("is", sf.Contact.get(rows[0]["Id"])[FIELD])
try:
    sf.Contact.update(rows[7]["Id"], {FIELD: True})
except SalesforceMalformedRequest as error:
    print("refused", error.content[0]["errorCode"], error.content[0]["message"])
records = [{"attributes": {"type": "Contact"}, "id": rows[n]["Id"], FIELD: True} for n in (7, 8)]
results = sf.restful("composite/sobjects", method="PATCH", json={"allOrNone": False, "records": records})
print("collection", *(result["success"] for result in results))
(job,) = sf.bulk2.Contact.update(records=[{"Id": rows[n]["Id"], FIELD: "true"} for n in (7, 9)])
print("bulk", job["numberRecordsProcessed"], job["numberRecordsFailed"])
print("failed", "FIELD_CUSTOM_VALIDATION_EXCEPTION" in sf.bulk2.Contact.get_failed_records(job["job_id"]))
made = sf.Lead.create({"LastName": "Made", "Company": "C"})
print("made", made["success"], sf.Lead.delete(made["id"]))
try:
    sf.query("SELECT Nope FROM Contact")
except SalesforceMalformedRequest as error:
    print("query", error.content[0]["errorCode"])
print("sandbox", sf.is_sandbox())
print("usage", sf.limits()["DailyApiRequests"]["Max"])
