"""Flows and processes: each runs on one record by the walk that judges it.

Before-save and after-save flows run by their order, 1 to 1,000, then those without one, then 1,001 to 2,000, ties by name
(Salesforce Help, Define the Run Order of Record-Triggered Flows); flows without one run by the day that they were created, which
no metadata says: by name here. Processes have no order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sfoptlint.automation.automation import Block, Phase, Timing
from sfoptlint.automation.flow.entry import EVERY_PATH
from sfoptlint.automation.flow.events import MayFail, Scheduled, Unread
from sfoptlint.automation.flow.run import Happened as Done
from sfoptlint.automation.flow.run import Moment, Saved, Touched, run_flow
from sfoptlint.automation.flow.start import Trigger, Versions, trigger_of
from sfoptlint.core.expr import Type, Value
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.core.witness import Returned
from sfoptlint.metadata.flow.flow import Flow
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.made_ids import made_id
from sfoptlint.simulate.questions import Matches, Questions
from sfoptlint.simulate.result import Later, Rejection
from sfoptlint.simulate.shown import listed
from sfoptlint.simulate.walk import NOTHING, Doubt, Happened, Seen, Walk, Write

_FIRST, _UNSET, _LAST = 0, 1, 2
_WHEN = {Timing.NOW: "now", Timing.ASYNC: "after the commit", Timing.LATER: "at a moment of its own"}


@dataclass(frozen=True, slots=True)
class FlowWalk:
    """One active version of a flow that a save starts."""

    flow: Flow
    trigger: Trigger
    objects: Objects
    versions: Versions

    @property
    def component(self) -> ComponentId:
        """The flow."""
        return ComponentId("Flow", self.flow.full_name)

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return self.trigger.phase

    @property
    def at(self) -> Place:
        """Where it starts."""
        return Place(self.flow.path, self.flow.start.at.line, self.flow.start.at.column)

    def run(self, seen: Seen) -> Happened:
        """Run it; what happened up to the first error counts."""
        world, answers = seen.world, _Asking(self.flow, seen.questions)
        moment = Moment(world.now, world.zone)
        before, after = _Noted(world.prior or {}, answers.open), _Noted(world.after, answers.open)
        done = run_flow(
            self.flow, self.trigger, before, after, answers, moment, self.objects, self.versions.callee, EVERY_PATH
        )
        unread = [] if not self.flow.unread else [f"it has parts that are not read: {', '.join(self.flow.unread)}"]
        doubts = tuple(Doubt(f"{self.component}: {reason}") for reason in (*_unread(done), *answers.open, *unread))
        return self._gathered(done, doubts)

    def _gathered(self, done: Sequence[Done], doubts: tuple[Doubt, ...]) -> Happened:
        errors = tuple(self._errors(done))
        at_once = [one for one in done if one.timing is Timing.NOW]
        words = [part for one in at_once if not isinstance(one.do, Saved) and (part := _words(one))]
        if not done and not doubts:
            return NOTHING
        return Happened(
            words="; ".join(words),
            errors=errors[:1],
            writes=tuple(
                Write(one.do.fields, one.at, one.place, self._handled(one.place))
                for one in at_once
                if isinstance(one.do, Saved)
            ),
            later=tuple(self._later(done)),
            doubts=doubts,
            assumptions=tuple(f"{one.do.what} goes well" for one in done if isinstance(one.do, MayFail)),
        )

    def _handled(self, place: str) -> bool:
        """Whether an element has a fault path; one of a flow that is called stands in another file."""
        path, _, name = place.partition("#")
        element = self.flow.elements.get(name.casefold()) if path == self.flow.path else None
        return bool(getattr(element, "fault", ""))

    def _errors(self, done: Sequence[Done]) -> Iterator[Rejection]:
        for one in done:
            if isinstance(one.do, Block) and one.timing is Timing.NOW:
                fields = (one.do.field,) if one.do.field else ()
                yield Rejection(one.do.code, one.do.message, fields, self.component, one.at, one.place)

    def _later(self, done: Sequence[Done]) -> Iterator[Later]:
        for one in done:
            when = _WHEN[one.timing]
            if isinstance(one.do, Scheduled):
                yield Later(f"runs its path {one.do.path}", when, self.component, {}, one.at, one.place)
            elif one.timing is not Timing.NOW and isinstance(one.do, Saved | Touched | Block):
                sets = one.do.fields if isinstance(one.do, Saved) else {}
                yield Later(_words(one), when, self.component, sets, one.at, one.place)


def flow_walks(project: Project, object_: str, objects: Objects) -> Iterator[Walk]:
    """Yield the active flows and processes that an update of the object starts, in the order in which they run."""
    flows = project.flows(everywhere=True)
    versions = Versions(project)
    for flow in sorted(flows, key=run_order):
        walk = flow_walk(flow, objects, versions)
        if walk and walk.trigger.object.casefold() == object_.casefold() and not versions.inactive(flow):
            yield walk


def flow_walk(flow: Flow, objects: Objects, versions: Versions) -> FlowWalk | None:
    """Return a flow, ready to run; None where no update starts it."""
    trigger = trigger_of(flow)
    if trigger is None or not trigger.saved or trigger.idle or trigger.phase is Phase.ELSEWHERE:
        return None
    return FlowWalk(flow, trigger, objects, versions)


def run_order(flow: Flow) -> tuple[int, int, str]:
    """Return what sorts the flows of one trigger."""
    order = flow.order
    group = _UNSET if order is None else _FIRST if order <= 1000 else _LAST
    return group, order or 0, flow.full_name.casefold()


class _Asking:
    """A flow's questions, put to whoever answers the save's."""

    def __init__(self, flow: Flow, questions: Questions) -> None:
        self._flow = flow
        self._questions = questions
        self.open: dict[str, None] = {}
        """What was read, and nobody answers for: parts that are not modelled, fields and `$` names that are not given."""

    def rows(self, place: str, object_: str, matches: Matches) -> Sequence[Mapping[str, Value]]:
        return self._questions.query(place, object_, matches)

    def value(self, place: str, type_: Type, text: str) -> Value:
        if place.endswith(".Id"):
            known = self._questions.at_once(place)
            return known.value if isinstance(known, Returned) else made_id(self._object_at(place), place)
        answer = self._questions.call(place)
        if isinstance(answer, Returned):
            return answer.value
        if answer is None and not text.startswith("what "):
            self.open[f"{text} is not modelled ({place})"] = None
        else:
            self._questions.assumed[place] = f"{text} is blank ({place})"
        return None

    def _object_at(self, place: str) -> str:
        """Return the object that an element makes a record of, empty where that is not known here."""
        path, _, name = place.removesuffix(".Id").partition("#")
        element = self._flow.elements.get(name.partition("~")[0].casefold()) if path == self._flow.path else None
        return str(getattr(element, "object", ""))

    def of_org(self, name: str) -> Value:
        try:
            return self._questions.org_value(name)
        except KeyError:
            self.open[f"{name} is not given"] = None
            return None

    def fails(self, place: str) -> bool:
        return self._questions.fails(place)


class _Noted(Mapping[tuple[str, ...], Value]):
    """A record that notes which of the fields that it does not have were asked for."""

    def __init__(self, record: Mapping[tuple[str, ...], Value], missed: dict[str, None]) -> None:
        self._record = record
        self._missed = missed

    def __getitem__(self, path: tuple[str, ...]) -> Value:
        try:
            return self._record[path]
        except KeyError:
            self._missed[f"{'.'.join(path)} is not given"] = None
            raise

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._record)

    def __len__(self) -> int:
        return len(self._record)


def _unread(done: Sequence[Done]) -> Iterator[str]:
    for one in done:
        if isinstance(one.do, Unread):
            yield f"{one.do.reason} ({one.place})"


def _words(one: Done) -> str:
    match one.do:
        case Block(message=message):
            return f'rejects: "{message}"'
        case Saved(fields=fields):
            return f"sets {listed(fields)}"
        case Touched(what=what, object=object_, fields=fields):
            return f"{what}s {object_ or 'records'}" + (f": {listed(fields)}" if fields else "")
    return ""
