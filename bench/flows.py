"""Compiling a large flow, against reading its file."""

from time import process_time

from sfoptlint.automation.flow.compile import compile_flow
from sfoptlint.automation.flow.start import trigger_of
from sfoptlint.core.expr import Interner
from sfoptlint.metadata.flow.flow import parse_flow
from sfoptlint.metadata.xml import parse_xml
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.model.trees import Tree
from sfoptlint.source.source import Source

_NAMESPACE = "http://soap.sforce.com/2006/04/metadata"


class _Nothing:
    """An org without files."""

    paths = ()
    problems = ()

    def read(self, path: str) -> bytes:
        raise FileNotFoundError(path)

    def close(self) -> None:
        """Hold nothing open."""


def large_flow(elements: int) -> str:
    """Return a before-save flow in which a decision and an assignment take turns, and every way meets the next decision."""
    parts = [_decision(number) + _assignment(number) for number in range(elements // 2)]
    parts.append(_last(elements // 2))
    start = (
        "<start><connector><targetReference>D0</targetReference></connector><object>Contact</object>"
        "<recordTriggerType>Update</recordTriggerType><triggerType>RecordBeforeSave</triggerType></start>"
    )
    head = "<processType>AutoLaunchedFlow</processType><status>Active</status>"
    return f'<Flow xmlns="{_NAMESPACE}">{head}{start}{"".join(parts)}</Flow>'


def _decision(number: int) -> str:
    conditions = "".join(
        f"<conditions><leftValueReference>$Record.{field}</leftValueReference><operator>EqualTo</operator>"
        f"<rightValue><stringValue>{value}</stringValue></rightValue></conditions>"
        for field, value in ((f"F{number % 40}__c", f"v{number}"), ("Department", f"d{number % 7}"))
    )
    return (
        f"<decisions><name>D{number}</name><label>D{number}</label>"
        f"<defaultConnector><targetReference>D{number + 1}</targetReference></defaultConnector>"
        f"<rules><name>O{number}</name><label>O{number}</label><conditionLogic>or</conditionLogic>{conditions}"
        f"<connector><targetReference>A{number}</targetReference></connector></rules></decisions>"
    )


def _assignment(number: int) -> str:
    items = "".join(
        f"<assignmentItems><assignToReference>$Record.{field}</assignToReference><operator>Assign</operator>"
        f"<value><stringValue>w{number}</stringValue></value></assignmentItems>"
        for field in ("Title", f"F{number % 40}__c")
    )
    return (
        f"<assignments><name>A{number}</name><label>A{number}</label>{items}"
        f"<connector><targetReference>D{number + 1}</targetReference></connector></assignments>"
    )


def _last(number: int) -> str:
    """Return the decision at which all ways end: a custom error for those whose title was never set."""
    message = "<customErrorMessages><errorMessage>No</errorMessage></customErrorMessages>"
    stop = f"<customErrors><name>Stop</name>{message}</customErrors>"
    asked = (
        "<conditions><leftValueReference>$Record.Title</leftValueReference><operator>EqualTo</operator>"
        "<rightValue><stringValue>w3</stringValue></rightValue></conditions>"
    )
    rule = f"<rules><name>Last</name><conditionLogic>and</conditionLogic>{asked}<connector><targetReference>Stop"
    return f"<decisions><name>D{number}</name>{rule}</targetReference></connector></rules></decisions>{stop}"


def report(elements: int = 500) -> str:
    """Return the figures on one line."""
    data = large_flow(elements).encode()
    source: Source = _Nothing()
    objects = Objects(Project(source, Tree("", (), ())))
    start = process_time()
    flow = parse_flow(parse_xml(data, "Flow"), "Large", "flows/Large.flow-meta.xml")
    read = process_time()
    trigger = trigger_of(flow)
    assert trigger is not None
    automation = compile_flow(flow, trigger, "", objects, Interner(), lambda _: None)
    done = process_time()
    floor, cost = read - start, done - read
    return (
        f"flow of {elements} elements: {1000 * cost:.0f} ms CPU (at most 1000), floor {1000 * floor:.0f} ms, "
        f"ratio {cost / floor:.1f} (at most 20); {len(automation.effects)} effects"
    )


if __name__ == "__main__":
    print(report())
