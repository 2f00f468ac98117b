"""The routes that tell what the org is: versions, limits, objects, fields (REST API Developer Guide, Describe)."""

from typing import Any, Final

from sfoptlint.clients.wire import Request, Response, json_response
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.harness.fake_org.asked import Asked, api_path, object_called
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.schema import OrgObject

VERSIONS: Final = range(50, 66)
_TYPES: Final = {
    FieldType.ID: "id",
    FieldType.TEXT: "string",
    FieldType.AUTO_NUMBER: "string",
    FieldType.EMAIL: "email",
    FieldType.PHONE: "phone",
    FieldType.URL: "url",
    FieldType.TEXT_AREA: "textarea",
    FieldType.LONG_TEXT_AREA: "textarea",
    FieldType.HTML: "textarea",
    FieldType.ENCRYPTED_TEXT: "encryptedstring",
    FieldType.PICKLIST: "picklist",
    FieldType.MULTISELECT_PICKLIST: "multipicklist",
    FieldType.CHECKBOX: "boolean",
    FieldType.NUMBER: "double",
    FieldType.SUMMARY: "double",
    FieldType.CURRENCY: "currency",
    FieldType.PERCENT: "percent",
    FieldType.DATE: "date",
    FieldType.DATE_TIME: "datetime",
    FieldType.TIME: "time",
    FieldType.LOOKUP: "reference",
    FieldType.MASTER_DETAIL: "reference",
    FieldType.HIERARCHY: "reference",
    FieldType.LOCATION: "location",
    FieldType.ADDRESS: "address",
}


def versions(_: Asked) -> Response:
    """`GET /services/data`."""
    return json_response(
        200, [{"label": f"v{n}", "url": f"/services/data/v{n}.0", "version": f"{n}.0"} for n in VERSIONS]
    )


def resources(call: Asked) -> Response:
    """`GET /services/data/v64.0`."""
    names = ("sobjects", "query", "queryAll", "composite", "limits", "jobs")
    paths = {name: f"{api_path(call.request)}/{name}" for name in names}
    return json_response(200, {**paths, "identity": identity_url(call.state, call.request)})


def site(request: Request) -> str:
    """Return where a request found us: the scheme and the host."""
    return f"{request.url.partition('://')[0]}://{request.host}"


def identity_url(org: Org, request: Request) -> str:
    """Return the URL that says who the user of the token is."""
    return f"{site(request)}/id/{org.id}/{org.user_id}"


def identity(org: Org, request: Request) -> dict[str, Any]:
    """Return who the user of the token is (REST API Developer Guide, Identity URLs)."""
    return {
        "id": identity_url(org, request),
        "user_id": org.user_id,
        "organization_id": org.id,
        "username": "sync@harness.example",
        "display_name": "Sync User",
        "active": True,
    }


def limits(call: Asked) -> Response:
    """`GET /limits`."""
    org = call.state
    left = {"Max": org.daily_requests, "Remaining": max(org.daily_requests - org.requests, 0)}
    return json_response(200, {"DailyApiRequests": left, "DailyBulkV2QueryJobs": {"Max": 10_000, "Remaining": 10_000}})


def every_object(call: Asked) -> Response:
    """`GET /sobjects`."""
    found = [call.state.object(name) for name in call.state.schema.names]
    return json_response(
        200,
        {
            "encoding": "UTF-8",
            "maxBatchSize": 200,
            "sobjects": [_summary(call.state, object_, api_path(call.request)) for object_ in found],
        },
    )


def one_object(call: Asked) -> Response:
    """`GET /sobjects/<object>`."""
    object_ = object_called(call.state, call.parts[-1])
    summary = _summary(call.state, object_, api_path(call.request))
    return json_response(200, {"objectDescribe": summary, "recentItems": []})


def describe(call: Asked) -> Response:
    """`GET /sobjects/<object>/describe`: a field that the user does not see is not there."""
    org, object_ = call.state, object_called(call.state, call.parts[-1])
    visible = [f for f in object_.fields.values() if not org.access.is_hidden(object_.name, f.name)]
    return json_response(
        200,
        {
            **_summary(org, object_, api_path(call.request)),
            "fields": [_field(org, object_, field) for field in visible],
            "recordTypeInfos": [],
            "childRelationships": [],
        },
    )


def _summary(org: Org, object_: OrgObject, path: str) -> dict[str, Any]:
    edited = org.access.may_edit(object_.name)
    own = f"{path}/sobjects/{object_.name}"
    return {
        "name": object_.name,
        "label": object_.name,
        "labelPlural": object_.name,
        "keyPrefix": object_.prefix,
        "custom": object_.custom,
        "createable": edited,
        "updateable": edited,
        "deletable": edited,
        "queryable": True,
        "urls": {"sobject": own, "describe": f"{own}/describe", "rowTemplate": f"{own}/{{ID}}"},
    }


def _field(org: Org, object_: OrgObject, field: FieldSchema) -> dict[str, Any]:
    calculated = field.formula is not None or field.type is FieldType.SUMMARY
    fixed = calculated or field.updateable is False or field.type in {FieldType.ID, FieldType.AUTO_NUMBER}
    editable = not fixed and org.access.may_edit(object_.name) and not org.access.is_read_only(object_.name, field.name)
    return {
        "name": field.name,
        "label": field.name,
        "type": _TYPES.get(field.type, "string"),
        "length": field.length or 0,
        "precision": field.precision or 0,
        "scale": field.scale or 0,
        "updateable": editable,
        "createable": editable,
        "nillable": not field.required and field.type is not FieldType.CHECKBOX,
        "defaultedOnCreate": field.type is FieldType.CHECKBOX,
        "calculated": calculated,
        "calculatedFormula": field.formula,
        "custom": field.name.casefold().endswith(("__c", "__pc")),
        "unique": field.unique,
        "externalId": False,
        "restrictedPicklist": field.restricted,
        "picklistValues": [
            {"value": value, "label": value, "active": True, "defaultValue": False} for value in field.values
        ],
        "referenceTo": list(field.references),
        "relationshipName": field.relationship_name,
    }
