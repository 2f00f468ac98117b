"""What a recorder keeps of an exchange: addresses disguised, values of fields that nobody needs left out, tokens refused."""

import csv
import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import StringIO
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from sfoptlint.clients.campaign_monitor.records import State
from sfoptlint.clients.redaction import TOKENS
from sfoptlint.clients.wire import Request, Response
from sfoptlint.harness.cassette.bodies import body_value, is_csv, is_json
from sfoptlint.harness.cassette.cassette import RecordedRequest
from sfoptlint.harness.cassette.disguise import Disguise
from sfoptlint.harness.fake_org.ids import is_id

LEFT_OUT: Final = "redacted"
_HEADERS: Final = frozenset(
    {
        "content-type",
        "retry-after",
        "sforce-limit-info",
        "sforce-query-options",
        "sforce-duplicate-rule-header",
        "if-unmodified-since",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
    }
)
_MATCHED: Final = frozenset({"sforce-query-options", "sforce-duplicate-rule-header", "if-unmodified-since"})
_WORDS: Final = """
    Id ID Type type url Email EmailAddress OldEmailAddress HasOptedOutOfEmail PersonHasOptedOutOfEmail State SubscriberState Date
    ListJoinedDate DateSubscriberAdded ListID ClientID SystemDate Code Message message errorCode statusCode fields error
    error_description SuppressionReason ResultsOrderedBy OrderDirection UnsubscribeSetting ConsentToTrack Event
    nextRecordsUrl LastModifiedDate CreatedDate SystemModstamp IsConverted IsDeleted AccountId ConvertedContactId MasterRecordId
    ReportsToId OwnerId RecordTypeId operation object state contentType apiVersion jobType contentUrl columnDelimiter lineEnding
    concurrencyMode createdDate systemModstamp errorMessage version label encoding sf__Id sf__Created sf__Error
    wbsendit__Email__c wbsendit__State__c wbsendit__List_Id__c wbsendit__Contact__c wbsendit__Lead__c wbsendit__Subscriber_List__c
    wbsendit__Date_Subscribed__c wbsendit__Prevent_Member_Sync__c wbsendit__Last_Synced__c q ids allOrNone EmailAddresses
    DuplicateEmailsInSubmission externalIdFieldName
""".split()  # noqa: SIM905 - a list of eighty strings is no page to read
_KEPT: Final = frozenset(word.casefold() for word in _WORDS)
"""The fields whose texts a sync reads. Any other text is somebody's name, telephone or own field, and is left out."""
_LITERAL: Final = re.compile(r"'((?:[^'\\]|\\.)*)'")
_STATES: Final = frozenset({*State, "Suppressed"})
_SHORTEST: Final = 6
"""Characters of a credential that is looked for: `x`, the password of an API key, is in every text."""
_SECRET: Final = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+|\b00D[A-Za-z0-9]{12,15}!")


class UnsafeRecordingError(Exception):
    """Something secret would have been written; nothing of the exchange is kept."""


class Redaction:
    """Redacts under one key. `secrets` are what must never be found in what is kept, `hosts` are renamed."""

    def __init__(self, disguise: Disguise, secrets: Sequence[str] = (), hosts: Mapping[str, str] | None = None) -> None:
        self._disguise = disguise
        self._secrets = [secret for secret in secrets if secret]
        self._hosts = {host.lower(): name for host, name in (hosts or {}).items()}

    @property
    def name(self) -> str:
        """How a cassette says that it was redacted."""
        return self._disguise.name

    def exchange(self, request: Request, response: Response) -> tuple[RecordedRequest, Response]:
        """Return what is kept of an exchange; raise UnsafeRecordingError where a token would be."""
        body = self.value(body_value(request.body, request.header("Content-Type")), "")
        if is_csv(request.header("Content-Type")):
            body = self._csv(request.body).decode()
        asked = RecordedRequest(request.method, self.url(request.url), body, self._headers(request.headers, _MATCHED))
        kept = Response(response.status, dict(self._headers(response.headers, _HEADERS)), self._body(response))
        self._check(asked, kept, [*self._secrets, *_credentials(request)])
        return asked, kept

    def url(self, url: str) -> str:
        """Return a URL with its host renamed and its addresses disguised."""
        parts = urlsplit(url)
        query = [(name, self._asked(name, value)) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
        path = quote(self._disguise.text(unquote(parts.path)), safe="/%:;,~")
        host = self._hosts.get(parts.netloc.lower(), parts.netloc)
        return parts._replace(netloc=host, path=path, query=urlencode(query)).geturl()

    def value(self, value: Any, name: str, *, described: bool = False) -> Any:
        """Return a value of JSON: numbers and flags as they are, texts where their field's name says that they are needed."""
        match value:
            case dict():
                inner = described or "updateable" in value or "custom" in value
                return {key: self.value(one, key, described=inner) for key, one in value.items()}
            case list():
                return [self.value(one, name, described=described) for one in value]
            case str():
                return self._disguise.text(value) if described or not value or name.casefold() in _KEPT else LEFT_OUT
            case _:
                return value

    def _asked(self, name: str, value: str) -> str:
        """Return a value of a query; in SOQL the texts that are compared are somebody's too, but for ids and states."""
        if name == "q":
            return _LITERAL.sub(lambda found: f"'{self._compared(found[1])}'", value)
        return self._disguise.text(value)

    def _compared(self, text: str) -> str:
        disguised = self._disguise.text(text)
        return disguised if disguised != text or not text or is_id(text) or text in _STATES else LEFT_OUT

    def _body(self, response: Response) -> bytes:
        kind = response.header("Content-Type")
        if is_csv(kind):
            return self._csv(response.body)
        if not response.body.strip():
            return response.body
        if not is_json(kind):
            return LEFT_OUT.encode()
        try:
            value = json.loads(response.body)
        except (ValueError, RecursionError):
            return LEFT_OUT.encode()
        # A bare text is the address that Campaign Monitor answers a subscription with.
        return json.dumps(self.value(value, "EmailAddress" if isinstance(value, str) else "")).encode()

    def _csv(self, body: bytes) -> bytes:
        text = body.decode("utf-8", "replace")
        try:
            names, *rows = list(csv.reader(StringIO(text, newline=""))) or [[]]
        except csv.Error:
            return LEFT_OUT.encode()
        out = StringIO()
        writer = csv.writer(out, lineterminator="\r\n" if "\r\n" in text else "\n")
        writer.writerow(names)
        writer.writerows([self.value(cell, name) for name, cell in zip(names, row, strict=False)] for row in rows)
        return out.getvalue().encode()

    def _headers(self, headers: Mapping[str, str], kept: frozenset[str]) -> tuple[tuple[str, str], ...]:
        return tuple((name, self._disguise.text(value)) for name, value in headers.items() if name.lower() in kept)

    @staticmethod
    def _check(asked: RecordedRequest, kept: Response, secrets: Sequence[str]) -> None:
        headers = [*asked.headers, *kept.headers.items()]
        text = "\n".join([unquote(asked.url), json.dumps([asked.body, headers]), kept.body.decode("utf-8", "replace")])
        if TOKENS.search(text) or _SECRET.search(text) or any(secret in text for secret in secrets):
            raise UnsafeRecordingError(
                f"{asked.method} {urlsplit(asked.url).path}: a token would be kept; it is not recorded"
            )


def _credentials(request: Request) -> Iterator[str]:
    """Yield what the request says who it is with, as it travels and unpacked."""
    given = request.header("Authorization").partition(" ")[2].strip()
    if given:
        yield given
    with suppress(ValueError):
        yield from (part for part in b64decode(given, validate=True).decode().split(":") if len(part) >= _SHORTEST)
