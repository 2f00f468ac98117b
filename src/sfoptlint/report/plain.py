"""A finding in one plain line or block, for the formats that carry text."""

from sfoptlint.core.finding import Finding


def one_line(finding: Finding) -> str:
    """Return the message with the remedy."""
    return f"{finding.message}. {finding.help}"


def block(finding: Finding) -> str:
    """Return the place, the message, the condition and the remedy, a line each."""
    place = finding.place
    lines = [f"{place.path}:{place.line}:{place.column}", finding.message]
    if finding.condition:
        lines.append(f"when: {finding.condition}")
    lines += [f"{note.label}: {note.text}" for note in finding.notes]
    lines.append(f"help: {finding.help}")
    return "\n".join(lines)
