"""The families of artefacts: what a rule's detector is given, and which files it takes for there to be any."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Row
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.project import Project


class Family(StrEnum):
    """A family is judged by the module of this package with its name and the ending `_family`."""

    PAGE = "page"
    ACCESS = "access"
    VALIDATION_RULE = "validation_rule"
    FLOW = "flow"
    WORKFLOW_RULE = "workflow_rule"
    APPROVAL_PROCESS = "approval_process"
    DUPLICATE_RULE = "duplicate_rule"
    CHAIN = "chain"
    """Automations together: what is found has no verdict row of its own."""
    APEX = "apex"
    INPUT = "input"
    """Not judged: files that could not be read."""
    SUPPRESSION = "suppression"
    """Not judged: suppressions of the configuration that are stale."""


FAMILY_KINDS = {
    Family.VALIDATION_RULE: (Kind.CUSTOM_OBJECT, Kind.VALIDATION_RULE),
    Family.FLOW: (Kind.FLOW,),
    Family.WORKFLOW_RULE: (Kind.WORKFLOW,),
    Family.APPROVAL_PROCESS: (Kind.APPROVAL_PROCESS,),
    Family.DUPLICATE_RULE: (Kind.DUPLICATE_RULE,),
    Family.APEX: (Kind.APEX_TRIGGER, Kind.APEX_CLASS),
    Family.PAGE: (Kind.LAYOUT, Kind.FLEXI_PAGE),
    Family.ACCESS: (Kind.PROFILE, Kind.PERMISSION_SET, Kind.PERMISSION_SET_GROUP, Kind.MUTING_PERMISSION_SET),
    Family.CHAIN: (Kind.FLOW, Kind.WORKFLOW, Kind.APEX_TRIGGER),
}


class Judgement(Protocol):
    """What is known of one artefact and object; a family adds what its rules ask for."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its verdict rows, all of one object."""
        ...


class FamilyModule(Protocol):
    """What the module of a family offers."""

    def judge(self, project: Project, settings: Settings) -> Iterator[Judgement]:
        """Judge every artefact of the family that is in focus."""
        ...

    def gaps(self, project: Project) -> Iterator[Gap]:
        """Say what of the family could not be judged."""
        ...
