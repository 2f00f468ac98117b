"""Anonymous Apex, as far as the fake can run it: the script of the probe, which saves one record and rolls it back.

Tooling API Developer Guide, executeAnonymous. Any other script is answered as one that does not compile.
"""

import json
from re import compile as pattern
from typing import Final

from sfoptlint.clients.wire import Response, json_response
from sfoptlint.harness.fake_org.asked import Asked
from sfoptlint.harness.fake_org.saving import Refused, Save

_CHANGED: Final = pattern(r"new (\w+)\(Id = '(\w{15,18})', (\w+) = (true|false)\)")
_MARK: Final = pattern(r"System\.assert\(false, '(\w+:)' \+ JSON\.serialize\(told\)\);\s*\Z")
_NOT_RUN: Final = "the fake runs no Apex but the script that saves one record and rolls it back"


def execute(call: Asked) -> Response:
    """`GET /tooling/executeAnonymous?anonymousBody=`."""
    script = call.asked("anonymousBody")
    changed, mark = _CHANGED.search(script), _MARK.search(script)
    if changed is None or mark is None:
        return _answered(compiled=False, problem=_NOT_RUN)
    object_name, record_id, field, value = changed.groups()
    object_ = call.state.schema.get(object_name)
    record = call.state.find(object_, record_id) if object_ else None
    if object_ is None or object_.field(field) is None:
        return _answered(compiled=False, problem=f"Field does not exist: {field} on {object_name}")
    if record is None or record.deleted:
        told: dict[str, object] = {"success": False, "errors": [{"statusCode": "INVALID_CROSS_REFERENCE_KEY"}]}
        return _answered(exception=f"System.AssertException: Assertion Failed: {mark[1]}{json.dumps(told)}")
    (outcome,) = call.state.saves.save([Save(object_, record.values, {field: value == "true"}, call.state.now())])
    if isinstance(outcome, Refused):
        errors = [{"statusCode": e.status_code, "message": e.message, "fields": list(e.fields)} for e in outcome.errors]
        told = {"success": False, "errors": errors}
    else:
        told = {"success": True, "errors": [], "after": outcome.record.get(field)}
    return _answered(exception=f"System.AssertException: Assertion Failed: {mark[1]}{json.dumps(told)}")


def _answered(*, compiled: bool = True, problem: str | None = None, exception: str | None = None) -> Response:
    return json_response(
        200,
        {
            "line": -1,
            "column": -1,
            "compiled": compiled,
            "success": False,
            "compileProblem": problem,
            "exceptionMessage": exception,
            "exceptionStackTrace": None if exception is None else "AnonymousBlock: line 9, column 1",
        },
    )
