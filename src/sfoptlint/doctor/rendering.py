"""What the doctor found, as text and as JSON. People go by their ids: no address is repeated."""

import json
from collections.abc import Iterator

from sfoptlint.doctor.examination import Examination, Patient, Radius, Status

SCHEMA = "sfoptlint-doctor/1"
_MARKS = {Status.OK: "ok      ", Status.TROUBLE: "trouble ", Status.UNKNOWN: "unknown "}


def as_json(found: Examination) -> str:
    """Return the document of the contract, with the blast radius beside it."""
    document = {
        "schema": SCHEMA,
        "people": [_person(patient) for patient in found.patients],
        "checks": [
            {"check": check.check, "status": check.status, "count": check.count, "detail": check.detail}
            for check in found.checks
        ],
        "blast_radius": [
            {
                "artifact": radius.artifact,
                "object": radius.object,
                "condition": radius.condition,
                "count": radius.count,
                "undecided": radius.undecided,
            }
            for radius in found.radius
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _person(patient: Patient) -> dict[str, object]:
    person, diagnosis = patient.subject.person, patient.diagnosis
    return {
        "object": person.object,
        "id": person.id,
        "expected": patient.expected,
        "actual": person.opted_out,
        "cause": diagnosis.cause,
        "also": list(diagnosis.also),
        "evidence": diagnosis.evidence,
        "remedy": diagnosis.remedy,
    }


def as_text(found: Examination) -> str:
    """Return the checklist, then a sentence for each person."""
    return "\n".join([*_lines(found)]) + "\n"


def _lines(found: Examination) -> Iterator[str]:
    size, amiss = found.size, sum(patient.diagnosis.cause is not None for patient in found.patients)
    looked_at = f"{size.people:,} people, {size.memberships:,} memberships, {size.converted:,} converted leads"
    yield f"{looked_at}; something is amiss with {amiss:,} of those named below"
    for check in found.checks:
        yield f"{_MARKS[check.status]}{check.check}{f': {check.detail}' if check.detail else ''}"
    for radius in found.radius:
        yield from _radius(radius)
    for patient in found.patients:
        yield ""
        yield from _sentence(patient)


def _radius(radius: Radius) -> Iterator[str]:
    if radius.count or radius.undecided:
        who = f"{radius.count:,} {radius.object} records cannot be opted out because of {radius.artifact}"
        more = f" (and {radius.undecided:,} of which the data does not tell)" if radius.undecided else ""
        yield f"reach   {who}: {radius.condition}{more}"


def _sentence(patient: Patient) -> Iterator[str]:
    person, diagnosis = patient.subject.person, patient.diagnosis
    is_ = "is ticked" if person.opted_out else "is not ticked"
    if diagnosis.cause is None:
        yield f"{person.object} {person.id}: {diagnosis.evidence}."
        return
    yield f"{person.object} {person.id}: the box {is_} ({diagnosis.cause}): {diagnosis.evidence}."
    yield f"  what to do: {diagnosis.remedy}."
