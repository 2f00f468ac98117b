# mypy: ignore-errors
"""What somebody's script does with Campaign Monitor's own Python client."""

import os

from createsend import BadRequest, Client, CreateSend, List, Subscriber, Unauthorized

CreateSend.base_uri = os.environ["CAMPAIGN_MONITOR"]
auth = {"api_key": "any"}

(client,) = CreateSend(auth).clients()
(news,) = Client(auth, client.ClientID).lists()
news = List(auth, news.ListID)
print("list", news.details().Title)
for state in ("active", "unsubscribed", "bounced", "deleted", "unconfirmed"):
    page = getattr(news, state)(page=1, page_size=10, order_field="email")
    print(state, page.TotalNumberOfRecords, *(row.EmailAddress for row in page.Results))
suppressed = Client(auth, client.ClientID).suppressionlist()
print("suppressed", *(row.EmailAddress for row in suppressed.Results))

ann = Subscriber(auth, news.list_id, "P000@Shore.example")
print("before", ann.get().State)
ann.unsubscribe()
print("after", ann.get().State, news.unsubscribed("").TotalNumberOfRecords)
print("lists", *(row.SubscriberState for row in Client(auth, client.ClientID).lists_for_email("p000@shore.example")))
print("history", ann.history())
print("added", ann.add(news.list_id, "new@shore.example", "New", [], False, "Yes"))
result = ann.import_subscribers(news.list_id, [{"EmailAddress": "p000@shore.example", "ConsentToTrack": "No"}], False)
print("import", result.FailureDetails[0].Code)
Subscriber(auth, news.list_id, "new@shore.example").delete()
print("deleted", Subscriber(auth, news.list_id, "new@shore.example").get().State)
try:
    Subscriber(auth, news.list_id, "nobody@shore.example").get()
except BadRequest as error:
    print("not on the list", error.data.Code)
try:
    List(auth, "old").details()
except Unauthorized as error:
    print("not ours", error.data.Code)
