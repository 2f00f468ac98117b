"""A cassette to its file, with long bodies in files beside it."""

from base64 import b64encode
from pathlib import Path
from typing import Any, Final

import yaml

from sfoptlint.harness.cassette.cassette import FORMAT, Cassette, CassetteFault, Header, Interaction

LONG: Final = 64 * 1024
"""Bytes from which on a body has a file of its own."""
_UNKEPT: Final = frozenset({"content-type", "content-length", "transfer-encoding", "content-encoding", "connection"})


def write_cassette(cassette: Cassette, file: Path) -> None:
    """Write a cassette; the files beside it are named after it."""
    document = {
        "sfoptlint": _header(cassette.header),
        "responses": [_interaction(one, file) for one in cassette.interactions],
    }
    if cassette.faults:
        document["faults"] = [_fault(fault) for fault in cassette.faults]
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(document, Dumper=dumper, allow_unicode=True, sort_keys=False, width=120)
    file.write_text(text, encoding="utf-8")


def _header(header: Header) -> dict[str, Any]:
    said = {"recorded": header.recorded, "redaction": header.redaction}
    return {
        "format": FORMAT,
        "origin": header.origin.value,
        "source": header.source,
        **{name: value for name, value in said.items() if value},
        "match": "strict-body",
        "order": header.order.value,
    }


def _interaction(one: Interaction, file: Path) -> dict[str, Any]:
    response, meta = one.response, _meta(one)
    body, beside = _body(one, file)
    return {
        "response": {
            "method": one.request.method,
            "url": one.request.url,
            "body": body,
            "status": response.status,
            "headers": {name: value for name, value in response.headers.items() if name.lower() not in _UNKEPT},
            "content_type": response.header("Content-Type") or "text/plain",
            "auto_calculate_content_length": False,
        },
        "request": {"body": one.request.body, "headers": dict(one.request.headers)},
        "meta": {**meta, **beside},
    }


def _meta(one: Interaction) -> dict[str, Any]:
    return {"seq": one.seq, "repeat": one.repeat, **({"phase": one.phase} if one.phase else {})}


def _body(one: Interaction, file: Path) -> tuple[str, dict[str, str]]:
    """Return a body as text, or where it stands instead: a long one, or one that is no text, has a file of its own."""
    body = one.response.body
    try:
        text = body.decode()
    except UnicodeDecodeError:
        beside = file.with_name(f"{file.stem}.{one.seq}.b64")
        beside.write_bytes(b64encode(body))
        return "", {"body_file": beside.name, "body_encoding": "base64"}
    if len(body) <= LONG:
        return text, {}
    beside = file.with_name(f"{file.stem}.{one.seq}.txt")
    beside.write_bytes(body)
    return "", {"body_file": beside.name, "body_encoding": "utf-8"}


def _fault(fault: CassetteFault) -> dict[str, Any]:
    return {"at_seq": fault.at_seq, "kind": fault.kind, "headers": dict(fault.headers)}
