"""Saves whose traces are compared whole, and the files of their orgs, written by functions that say what matters in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sfoptlint.core.settings import Settings
from sfoptlint.core.witness import Answer, Values
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.simulate.questions import Given
from sfoptlint.simulate.saving import Change, Circumstances
from sfoptlint.simulate.trace_text import text
from tests import flow_files as flows
from tests import workflow_files as wf
from tests.flow_files import assignment, decision, error, filters, flow, get, gives, start, update
from tests.memory_orgs import project
from tests.simulate.orgs import BOX, NOW, OPT_OUT

OUT = (BOX, "EqualTo", True)
FIRES = (("Contact." + BOX, "equals", "True"),)


@dataclass(frozen=True)
class Case:
    """One save: the org's files, the records, and what it meets beside them."""

    files: Mapping[str, str]
    chunk: Sequence[Values] = ({BOX: False},)
    asked: Values = field(default_factory=lambda: OPT_OUT)
    object: str = "Contact"
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    create: bool = False

    def trace(self) -> str:
        """Save the records together, and return what the terminal shows of it."""
        simulator = org_simulator(project(dict(self.files)), self.settings)
        around = Circumstances(NOW, self.values, answers=Given(self.answers))
        chunk = [Change(None if self.create else stored, self.asked) for stored in self.chunk]
        results = simulator.save(self.object, chunk, around)
        return text(results) + "\n"


def before(
    name: str, target: str, value: object, *conditions: tuple[str, str, object], order: int = 0
) -> dict[str, str]:
    """A before-save flow that sets a field."""
    started = start("Set", filters(*conditions) if conditions else "", trigger="RecordBeforeSave")
    ordered = f"<triggerOrder>{order}</triggerOrder>" if order else ""
    return flow_file(name, flow(ordered, assignment("Set", (f"$Record.{target}", "Assign", value)), start=started))


def clears(target: str) -> dict[str, str]:
    """A before-save flow that blanks a field."""
    blank = flows.formula("Blank", "NULL", "String")
    set_ = assignment("Set", (f"$Record.{target}", "Assign", "!Blank"))
    return flow_file("Clear", flow(set_, blank, start=start("Set", trigger="RecordBeforeSave")))


def after(
    name: str, values: Mapping[str, object], *conditions: tuple[str, str, object], fault: str = ""
) -> dict[str, str]:
    """An after-save flow that updates the record."""
    started = start("Save", filters(*conditions) if conditions else "", on_change=bool(conditions))
    way_out = assignment("Caught", ("n", "Add", 1)) + flows.variable("n", "Number", given=0) if fault else ""
    return flow_file(
        name, flow(update("Save", gives(values), reference="$Record", fault=fault), way_out, start=started)
    )


def looks(left: str, operator: str, right: object) -> dict[str, str]:
    """An after-save flow that queries, and stops the save where the row is so."""
    find = get("Find", "Case", ("Status", "EqualTo", "Open"), then="Check")
    check = decision("Check", ("Met", [(left, operator, right)], "Stop"))
    return flow_file("Look", flow(find, check, error(), start=start("Find")))


def flow_file(name: str, text: str) -> dict[str, str]:
    return {f"flows/{name}.flow-meta.xml": text.replace("<label>Guard</label>", f"<label>{name}</label>", 1)}


def rules(*parts: str, object_: str = "Contact") -> dict[str, str]:
    return {f"workflows/{object_}.workflow-meta.xml": wf.workflow(*parts)}
