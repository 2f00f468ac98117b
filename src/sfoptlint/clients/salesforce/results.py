"""What Salesforce answers about records, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sfoptlint.clients.errors import ApiError, BrokenAnswerError, ExhaustedError
from sfoptlint.clients.redaction import mask

Fields = Mapping[str, Any]
"""A record's fields by API name, values as JSON has them."""

_EXHAUSTED = frozenset({"REQUEST_LIMIT_EXCEEDED"})


@dataclass(frozen=True, slots=True)
class SaveError:
    """Why a record was not saved: a status code, its text without addresses, and the fields it names."""

    status_code: str
    message: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of one record of a request; `id` is the one asked for where the answer names none."""

    id: str
    success: bool
    errors: tuple[SaveError, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldDescribe:
    """A field as the user of the token may see it; one hidden by field security is not described at all."""

    name: str
    type: str
    updateable: bool
    createable: bool
    nillable: bool
    calculated: bool
    picklist_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectDescribe:
    """An object as the user of the token may see it; `fields` by name."""

    name: str
    updateable: bool
    fields: Mapping[str, FieldDescribe] = field(repr=False)


def save_error(error: Any) -> SaveError:
    """Read an error: collections say `statusCode`, a single record's request says `errorCode`."""
    if not isinstance(error, Mapping):
        raise BrokenAnswerError("the answer has an error that is none")
    code = error.get("statusCode") or error.get("errorCode") or "UNKNOWN_EXCEPTION"
    return SaveError(str(code), mask(str(error.get("message") or "")), tuple(map(str, error.get("fields") or ())))


def save_result(result: Any, asked: str) -> SaveResult:
    """Read what became of a record (REST API Developer Guide, sObject Collections)."""
    if not isinstance(result, Mapping) or not isinstance(result.get("success"), bool):
        raise BrokenAnswerError("the answer does not say what became of a record")
    return SaveResult(
        str(result.get("id") or asked), result["success"], tuple(map(save_error, result.get("errors") or ()))
    )


def described(answer: Any) -> ObjectDescribe:
    """Read what is said of an object (REST API Developer Guide, sObject Describe)."""
    if not isinstance(answer, Mapping) or not isinstance(answer.get("fields"), list):
        raise BrokenAnswerError("the answer describes no object")
    return ObjectDescribe(
        str(answer.get("name")),
        bool(answer.get("updateable")),
        {
            str(f["name"]): FieldDescribe(
                str(f["name"]),
                str(f["type"]),
                bool(f.get("updateable")),
                bool(f.get("createable")),
                bool(f.get("nillable")),
                bool(f.get("calculated")),
                tuple(str(v["value"]) for v in f.get("picklistValues") or () if v.get("active", True)),
            )
            for f in answer["fields"]
        },
    )


def refusal(status: int, content: object) -> ApiError | ExhaustedError:
    """Return the error that an answer other than success is: a list of `{errorCode, message, fields}`, or whatever came."""
    error = content[0] if isinstance(content, list) and content else content
    if not isinstance(error, Mapping):
        return ApiError(status, str(status), "the answer is not one that the API documents")
    code = error.get("errorCode") or error.get("error") or status
    message = str(error.get("message") or error.get("error_description") or "")
    if code in _EXHAUSTED:
        return ExhaustedError(f"{code}: {mask(message)}")
    return ApiError(status, str(code), message, tuple(map(str, error.get("fields") or ())))
