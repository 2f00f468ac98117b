"""Outcomes made by hand, with everything in them that a format might trip over."""

from dataclasses import replace

from sfoptlint.core.finding import Finding, Note, Related, Severity
from sfoptlint.core.location import Excerpt, Place
from sfoptlint.core.outcome import Context, Format, Gap, InternalError, Outcome, ProjectInfo, RuleSummary
from sfoptlint.core.verdict import Cause, ComponentId, Direction, Effect, Half, OptOutObject, Reach, Row, Verdict

HOSTILE = (
    'a "quoted" <b>&amp;</b> ]]> | pipe `tick` ~~gone~~ [link](x) @everyone %25 \u2028 \u202e \U0001f4e7 \u540d\u524d '
    "\x1b[31m\x07\x7f\x00 =1+1,\ttwo\r\nlines\rand\nmore"
)
"""Whatever quotes, ends, links, mentions, calculates or colours something in one of the formats."""

ODD_PATH = "odd\udcff/lay:out, [1](2) & <x>|\x1b[2J.layout"
"""A path with half a surrogate pair, and signs that mean something in a URI or a mark-up."""

MEGABYTE = 1_000_000
LAYOUT = ComponentId("Layout", "Contact-Contact Layout: Shore")
RULE = ComponentId("ValidationRule", "Contact.Need_Phone")


def finding(message: str = "the list is missing", *, severity: Severity = Severity.WARNING) -> Finding:
    """Return a finding on the layout's row."""
    return Finding(
        rule="OPT601",
        name="layout-without-membership-list",
        severity=severity,
        artifact=LAYOUT,
        place=Place("force-app/layouts/Contact-Contact Layout%3A Shore.layout-meta.xml", 2, 1, 8),
        message=message,
        help="Add the related list.",
        fingerprint="0123456789abcdef",
        excerpt=Excerpt("<Layout>", 1, 8),
        object="Contact",
        directions=(Direction.OPT_OUT, Direction.OPT_IN),
        effect=Effect.HIDE,
        cause=Cause.PAGE,
        verdict=Verdict.ALWAYS,
        condition="always, for everybody",
        related=(Related(Place("profiles/Admin.profile", 3), "assigned here"),),
        notes=(Note("count", "SELECT COUNT() FROM Contact"),),
    )


def on_source(text: str, column: int, width: int) -> Finding:
    """Return a finding that shows this source line."""
    place = replace(finding().place, column=column, width=width)
    return replace(finding(), place=place, excerpt=Excerpt(text, column, width))


def hostile() -> Outcome:
    """Return an outcome in which every text that comes from outside is hostile."""
    found = replace(
        finding(HOSTILE),
        artifact=ComponentId("Layout", HOSTILE),
        place=Place(ODD_PATH, 3, 5),
        excerpt=Excerpt(HOSTILE, 12, 3),
        help=HOSTILE,
        condition=HOSTILE,
        related=(Related(Place(ODD_PATH), HOSTILE),),
        notes=(Note("sql", HOSTILE),),
    )
    whole = outcome(found, broken_file(), crashed=True)
    return replace(
        whole,
        project=replace(whole.project, root=ODD_PATH),
        rows=tuple(replace(row, artifact=ComponentId("Layout", HOSTILE), reason=HOSTILE) for row in rows()),
        gaps=(Gap(ODD_PATH, 1, HOSTILE),),
        internal_errors=(InternalError(HOSTILE, HOSTILE),),
    )


def broken_file() -> Finding:
    """Return a finding that is about no effect."""
    return Finding(
        rule="OPT901",
        name="unreadable-metadata",
        severity=Severity.ERROR,
        artifact=ComponentId("Layout", "Lead-Lead"),
        place=Place("layouts/Lead-Lead.layout", 7, 3),
        message=HOSTILE,
        help="Repair the file.",
        fingerprint="fedcba9876543210",
    )


def rows() -> tuple[Row, ...]:
    """Return a harmful, an undecided and a safe row."""
    hide = Row(
        artifact=LAYOUT,
        object=OptOutObject.CONTACT,
        direction=Direction.ANY,
        effect=Effect.HIDE,
        cause=Cause.PAGE,
        verdict=Verdict.ALWAYS,
        path=finding().place.path,
        line=2,
        reason="the layout has no membership related list",
        missing=(Half.RELATED_LIST,),
    )
    unknown = Row(
        artifact=RULE,
        object=OptOutObject.CONTACT,
        direction=Direction.OPT_OUT,
        effect=Effect.BLOCK,
        cause=Cause.ERROR,
        verdict=Verdict.UNKNOWN,
        path="objects/Contact.object",
        line=9,
        reason=HOSTILE,
    )
    safe = Row(
        artifact=RULE,
        object=OptOutObject.CONTACT,
        direction=Direction.OPT_IN,
        effect=Effect.BLOCK,
        cause=Cause.ERROR,
        verdict=Verdict.NEVER,
        path="objects/Contact.object",
        line=9,
        reason="it reads a change of Phone",
        reach=Reach.TARGETED,
    )
    return hide, unknown, safe


def outcome(*findings: Finding, crashed: bool = False) -> Outcome:
    """Return an outcome with these findings and the three rows."""
    return Outcome(
        version="1.2.3",
        project=ProjectInfo("org", Format.SOURCE, ("Contact", "Lead"), Context.BATCH),
        findings=findings,
        rows=rows(),
        read={"Layout": 2},
        gaps=(Gap("flows/A.flow", 1, "1 file of type Flow is not judged"),),
        rules=(
            RuleSummary("OPT601", "layout-without-membership-list", "No list.", Severity.WARNING, "Add it."),
            RuleSummary("OPT901", "unreadable-metadata", "Unreadable.", Severity.ERROR, "Repair it."),
        ),
        internal_errors=(InternalError("OPT601", "Traceback\nValueError: \x00 broken"),) if crashed else (),
    )
