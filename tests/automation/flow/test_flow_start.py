"""Which version of a flow is active, what starts it, and how conditions are joined."""

import pytest

from sfoptlint.automation.automation import Phase
from sfoptlint.automation.filter_logic import Junction, read_logic
from sfoptlint.automation.flow.start import Versions, trigger_of
from sfoptlint.metadata.flow.flow import Flow
from tests.flow_files import error, flow, process, start
from tests.memory_orgs import document, project


def versions(files: dict[str, str | None], definition: str | None = None) -> dict[str, str]:
    """Return why each version is not active, by its full name; `files` has the status of each."""
    tree = {f"flows/{name}.flow": flow(error(), start=start("Stop"), status=status) for name, status in files.items()}
    if definition is not None:
        about = f"<activeVersionNumber>{definition}</activeVersionNumber>" if definition else ""
        tree["flowDefinitions/Guard.flowDefinition"] = document("FlowDefinition", about)
    read = project(tree)
    return {one.full_name: Versions(read).inactive(one) for one in read.flows()}


def test_a_flow_says_itself_whether_it_is_active() -> None:
    assert versions({"Guard": "Active"}) == {"Guard": ""}
    for status in ("Draft", "Obsolete", "InvalidDraft"):
        assert versions({"Guard": status}) == {"Guard": f"its status is {status}"}


def test_an_older_flow_is_active_by_its_definition() -> None:
    older: dict[str, str | None] = {"Guard-1": None, "Guard-2": None, "Guard-10": None}
    assert versions(older, "2") == {
        "Guard-1": "version 1 is not the active one",
        "Guard-2": "",
        "Guard-10": "version 10 is not the active one",
    }
    assert all(versions(older, "0").values())
    assert all(versions(older, "").values())
    assert [name for name, why in versions(older).items() if not why] == ["Guard-10"]


def test_a_definition_of_the_active_version_outweighs_the_status_of_a_file() -> None:
    assert versions({"Guard-1": "Obsolete", "Guard-2": "Draft"}, "1") == {
        "Guard-1": "",
        "Guard-2": "version 2 is not the active one",
    }
    assert versions({"Guard": "Active"}, "0") == {"Guard": ""}
    assert versions({"Guard": None}, "0") == {"Guard": "its definition names no active version"}


def test_a_call_runs_the_active_version() -> None:
    tree = project(
        {
            "flows/Helper-1.flow": flow(error(), start=start("Stop"), status="Obsolete"),
            "flows/Helper-2.flow": flow(error(), start=start("Stop")),
        }
    )
    found = Versions(tree).callee("helper")
    assert found is not None
    assert found.full_name == "Helper-2"
    assert Versions(tree).callee("Other") is None


def only(text: str) -> Flow:
    (one,) = project({"flows/Guard.flow": text}).flows()
    return one


@pytest.mark.parametrize(
    ("begin", "phase", "idle"),
    [
        (start("Stop", trigger="RecordBeforeSave"), Phase.BEFORE_SAVE_FLOW, False),
        (start("Stop", saves="CreateAndUpdate"), Phase.AFTER_SAVE_FLOW, False),
        (start("Stop", saves="Create"), Phase.AFTER_SAVE_FLOW, True),
        (start("Stop", trigger="RecordBeforeDelete", saves="Delete"), Phase.ELSEWHERE, True),
        (start("Stop", trigger="PlatformEvent", object_="Order_Event__e"), Phase.ELSEWHERE, False),
    ],
)
def test_what_starts_a_flow(begin: str, phase: Phase, idle: bool) -> None:
    trigger = trigger_of(only(flow(error(), start=begin)))
    assert trigger is not None
    assert (trigger.phase, bool(trigger.idle)) == (phase, idle)


def test_what_something_else_must_call() -> None:
    assert trigger_of(only(flow(error(), start="<startElementReference>Stop</startElementReference>"))) is None
    called = process(error(), first="Stop").replace("<processType>Workflow", "<processType>InvocableProcess")
    assert trigger_of(only(called)) is None
    trigger = trigger_of(only(process(error(), first="Stop", object_="Lead")))
    assert trigger is not None
    assert (trigger.phase, trigger.object) == (Phase.PROCESS, "Lead")


def test_conditions_are_joined_by_their_numbers() -> None:
    assert read_logic("1 AND (2 OR NOT 3)", 3) == Junction("and", (0, Junction("or", (1, Junction("not", (2,))))))
    assert read_logic("1 or 2 and 3", 3) == Junction("or", (0, Junction("and", (1, 2))))
    assert read_logic("or", 2) == Junction("or", (0, 1))
    assert read_logic("no_conditions", 0) == Junction("and", ())
    assert read_logic("1", 1) == 0


@pytest.mark.parametrize("text", ["1 AND", "1 2", "(1", "1)", "4", "0", "1 XOR 2", "NOT", "(" * 60 + "1" + ")" * 60])
def test_what_is_no_logic(text: str) -> None:
    assert read_logic(text, 3) is None
