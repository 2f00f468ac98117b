"""A cassette from its file; whatever is wrong in it is one line that names the file and the interaction."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from sfoptlint.clients.errors import FailureKind
from sfoptlint.clients.wire import Response
from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.harness.cassette.cassette import (
    FORMAT,
    Cassette,
    CassetteFault,
    Header,
    Interaction,
    Order,
    Origin,
    RecordedRequest,
)

_TOP: Final = ("sfoptlint", "responses", "faults")
_KEYS: Final = ("response", "request", "meta")


def read_cassette(file: Path) -> Cassette:
    """Read a cassette; raise UsageError where it is none. One that `responses` itself recorded has no requests to compare."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(data)
        try:
            document = loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise UsageError(f"{file}: is not readable YAML: {' '.join(str(error).split())}") from None
    return _Reader(file).cassette(document)


class _Reader:
    """One file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def cassette(self, document: Any) -> Cassette:
        """Read the whole."""
        if not isinstance(document, Mapping) or not isinstance(document.get("responses"), list):
            raise self._error("has no list called responses: it is no cassette")
        for key in document:
            if key not in _TOP:
                raise self._error(f"{key} is not a key{did_you_mean(str(key), _TOP)}")
        interactions = [self._interaction(n, one) for n, one in enumerate(document["responses"], 1)]
        faults = [self._fault(fault) for fault in document.get("faults") or ()]
        known = {one.seq for one in interactions}
        for fault in faults:
            if fault.at_seq not in known:
                raise self._error(f"a fault is at_seq {fault.at_seq}, and no interaction has that number")
        return Cassette(self._header(document.get("sfoptlint")), tuple(interactions), tuple(faults))

    def _header(self, said: Any) -> Header:
        if said is None:
            return Header(Origin.RECORDED, "the recorder of responses")
        if not isinstance(said, Mapping) or said.get("format") != FORMAT:
            raise self._error(f"sfoptlint.format is not {FORMAT}: another version wrote it")
        try:
            origin, order = Origin(str(said.get("origin"))), Order(str(said.get("order", Order.PER_ENDPOINT)))
        except ValueError as error:
            raise self._error(f"sfoptlint: {error}; origin is recorded or written") from None
        recorded, redaction = str(said.get("recorded") or ""), str(said.get("redaction") or "")
        return Header(origin, str(said.get("source") or ""), order, recorded, redaction)

    def _interaction(self, number: int, one: Any) -> Interaction:
        where = f"responses[{number - 1}]"
        if not isinstance(one, Mapping) or not isinstance(one.get("response"), Mapping):
            raise self._error(f"{where} has no response")
        for key in one:
            if key not in _KEYS:
                raise self._error(f"{where}.{key} is not a key{did_you_mean(str(key), _KEYS)}")
        meta, asked, answer = one.get("meta") or {}, one.get("request") or {}, one["response"]
        if not isinstance(meta, Mapping) or not isinstance(asked, Mapping):
            raise self._error(f"{where}: request and meta are mappings")
        try:
            request = RecordedRequest(
                str(answer["method"]),
                str(answer["url"]),
                asked.get("body"),
                _pairs(asked.get("headers")),
                "request" in one,
            )
            response = Response(int(answer["status"]), self._headers(answer), self._body(where, answer, meta))
            return Interaction(
                int(meta.get("seq", number)), request, response, int(meta.get("repeat", 1)), str(meta.get("phase", ""))
            )
        except KeyError as missing:
            raise self._error(f"{where}.response has no {missing.args[0]}") from None
        except (TypeError, ValueError, AttributeError):
            raise self._error(f"{where} has a value that is not of its kind") from None

    def _headers(self, answer: Mapping[str, Any]) -> Mapping[str, str]:
        headers = {str(name): str(value) for name, value in (answer.get("headers") or {}).items()}
        kind = answer.get("content_type")
        return {"Content-Type": str(kind), **headers} if kind else headers

    def _body(self, where: str, answer: Mapping[str, Any], meta: Mapping[str, Any]) -> bytes:
        name = meta.get("body_file")
        if not name:
            return str(answer.get("body") or "").encode()
        beside = self._file.parent / Path(str(name)).name  # a file beside this one, and nowhere else
        try:
            data = beside.read_bytes()
            return b64decode(data, validate=True) if meta.get("body_encoding") == "base64" else data
        except (OSError, binascii.Error):
            raise self._error(f"{where}: {beside.name} beside it cannot be read") from None

    def _fault(self, fault: Any) -> CassetteFault:
        if not isinstance(fault, Mapping) or not isinstance(fault.get("at_seq"), int):
            raise self._error("a fault needs at_seq, the number of an interaction")
        kind = str(fault.get("kind"))
        if kind not in list(FailureKind) and not (kind.isdecimal() and 100 <= int(kind) <= 599):
            raise self._error(f"a fault's kind {kind} is none of {', '.join(FailureKind)} and no HTTP status")
        return CassetteFault(fault["at_seq"], kind, _pairs(fault.get("headers")))

    def _error(self, complaint: str) -> UsageError:
        return UsageError(f"{self._file}: {complaint}")


def _pairs(headers: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in (headers or {}).items())
