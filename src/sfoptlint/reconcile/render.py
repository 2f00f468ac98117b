"""The reconciliation as JSON and as text."""

import json

from sfoptlint.reconcile.business_days import TO_HONOUR
from sfoptlint.reconcile.reconcile import Age, Reconciliation

SCHEMA = "sfoptlint-reconcile/1"


def as_json(found: Reconciliation) -> str:
    """Return the counts as one JSON object; ages are left out, since they change with the day."""
    document = {
        "schema": SCHEMA,
        "people": found.people,
        "memberships": found.memberships,
        "converted_leads": found.converted_leads,
        "expected_opt_out": found.expected_opt_out,
        "in_agreement": found.in_agreement,
        "missing_opt_out": found.missing_opt_out,
        "unexplained_opt_out": found.unexplained_opt_out,
        "mixed_states": found.mixed_states,
        "reasons": {reason.value: count for reason, count in found.reasons.items()},
        "rows_file": str(found.rows_file) if found.rows_file else None,
    }
    return json.dumps(document, indent=2) + "\n"


def as_text(found: Reconciliation) -> str:
    """Return a summary for people."""
    lines = [
        f"{found.people:,} people, {found.memberships:,} memberships, {found.converted_leads:,} converted leads left aside",
        f"{found.expected_opt_out:,} expected to be opted out",
        f"{found.in_agreement:,} in agreement",
        f"{found.missing_opt_out:,} not opted out who should be",
        *(f"    {count:,} {reason.replace('_', ' ')}" for reason, count in found.reasons.items() if count),
        *(f"    {line}" for line in _ages(found.ages)),
        f"{found.unexplained_opt_out:,} opted out although a membership says otherwise; nobody is opted in for it",
        f"{found.mixed_states:,} with mixed states: one box cannot show them, the membership related list does",
        *([f"rows: {found.rows_file}"] if found.rows_file else []),
    ]
    return "\n".join(lines) + "\n"


def _ages(ages: tuple[Age, ...]) -> list[str]:
    dated = [age for age in ages if age.business_days is not None]
    late = sum(age.people for age in dated if (age.business_days or 0) > TO_HONOUR)
    undated = sum(age.people for age in ages if age.business_days is None)
    lines = [f"{age.people:,} since {age.business_days} business days" for age in dated]
    lines += [f"{late:,} of them longer than the {TO_HONOUR} business days that US law allows"] if late else []
    return lines + (
        [f"{undated:,} since when is not known: their memberships have no LastModifiedDate"] if undated else []
    )
