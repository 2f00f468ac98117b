"""What a step does to the world."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sfoptlint.clients.clock import Clock
from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.core.settings import Settings
from sfoptlint.harness.fake_campaign_monitor.refusal import Refusal
from sfoptlint.harness.faults import RequestFault, SaveFault, is_answer
from sfoptlint.harness.scenario.model import ListGiven, RecordGiven, Step, Verb
from sfoptlint.harness.scenario.read import zone_named
from sfoptlint.harness.scenario.verbs import COMMANDS
from sfoptlint.harness.scene import add_list, add_record, automate, change_record, known_id, written_org
from sfoptlint.harness.world import CLIENT, KilledError, Work, World
from sfoptlint.sync import run
from sfoptlint.sync.journal import nothing
from sfoptlint.sync.reverse import add_people

_BACKUP: Final = "backup"
_UNITS: Final = {"minute": 60, "hour": 3600, "day": 86_400}
_SPAN: Final = re.compile(r"(\d+) (minute|hour|day)s?")


@dataclass(frozen=True, slots=True)
class SkewedClock:
    """A clock that goes wrong by a span."""

    right: Clock
    by: timedelta

    def now(self) -> datetime:
        """Return the moment that it shows."""
        return self.right.now() + self.by

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self.right.sleep(seconds)


def take(world: World, step: Step) -> None:
    """Take a step; raise UsageError for a name that is not known."""
    values = step.values
    match step.verb:
        case Verb.SYNC:
            _sync(world, values)
        case Verb.WAIT:
            world.clock.sleep(_seconds(values["for"]))
        case Verb.FAULT:
            _fault(world, values)
        case Verb.MEND:
            world.faults.clear()
            world.saves.faults.clear()
            world.disk_is_full = False
        case Verb.METADATA:
            shutil.rmtree(world.folder / "org", ignore_errors=True)
            automate(world, written_org(values["files"], world.folder / "org", world.held), Settings())
        case Verb.POLICY:
            world.policy = values["policy"]
        case Verb.OPTIONS:
            world.options = values["options"]
        case Verb.RESTORE:
            _restore(world, values["what"])
        case Verb.RECORD | Verb.DELETE | Verb.MERGE | Verb.HIDE | Verb.SHOW:
            _people(world, step)
        case _:
            _lists(world, step)


def _lists(world: World, step: Step) -> None:
    values, account = step.values, world.account
    match step.verb:
        case Verb.SUBSCRIBER:
            list_id = known_id(world, values["list"])
            if values["state"] == "erased":
                account.erase(list_id, values["email"])
            else:
                account.put(list_id, values["email"], values["state"])
        case Verb.RENAME:
            _rename(world, values)
        case Verb.SUPPRESS:
            account.suppress(CLIENT, values["email"], values.get("reason", "Unsubscribed"))
        case _:
            _client(world, step)


def _rename(world: World, values: Mapping[str, Any]) -> None:
    try:
        world.account.rename(known_id(world, values["list"]), values["email"], values["to"])
    except Refusal as refusal:
        raise UsageError(f"rename: {refusal}") from refusal


def _client(world: World, step: Step) -> None:
    values, account = step.values, world.account
    match step.verb:
        case Verb.ADD_LIST:
            setting = values.get("unsubscribe_setting", "OnlyThisList")
            add_list(world, ListGiven(values["name"], bool(values.get("prevent_member_sync")), setting))
        case Verb.DROP_LIST:
            if account.lists.pop(known_id(world, values["name"]), None) is None:
                raise UsageError(f"{values['name']} is dropped already")
        case Verb.RENAME_LIST:
            account.list(known_id(world, values["name"])).title = values["to"]
        case Verb.SKEW:
            account.clock = SkewedClock(world.clock, timedelta(seconds=_seconds(values["by"])))
        case Verb.ZONE:
            zone = zone_named(values["name"])
            if zone is None:
                raise UsageError(f"zone: {values['name']} is no time zone such as Australia/Sydney")
            account.zone = zone


def _people(world: World, step: Step) -> None:
    values, name = step.values, step.values["name"]
    if step.verb is Verb.RECORD:
        if name in world.names.ids:
            change_record(world, name, values["set"])
        else:
            add_record(world, RecordGiven(name, values.get("object", "Contact"), values["set"]))
        return
    known_id(world, name)
    if step.verb is Verb.SHOW:
        world.show(name)
        return
    record = world.record(name)
    if record is None:
        raise UsageError(f"{name} is gone already")
    if step.verb is Verb.HIDE:
        world.hide(record)
        return
    record.deleted = True
    if step.verb is Verb.MERGE:
        known_id(world, values["into"])
        change_record(world, values["into"], {})


def _seconds(span: str) -> int:
    found = _SPAN.fullmatch(span)
    if found is None:
        raise UsageError(f"{span} is no span such as 90 minutes, 1 hour or 3 days")
    return int(found[1]) * _UNITS[found[2]]


def _fault(world: World, values: Mapping[str, Any]) -> None:
    times = values.get("times", 1)
    if "disk" in values:
        world.disk_is_full = True
        return
    if "save" in values:
        record = known_id(world, str(values.get("of")))
        world.saves.faults.append(SaveFault(record, values["save"], values.get("message", ""), times))
        return
    answer, change = values.get("answer"), values.get("do")
    if "at" not in values or (answer is None and change is None):
        raise UsageError("fault: needs at with answer or do, or save with of")
    if answer is not None and not is_answer(answer):
        raise UsageError(f"fault: {answer} is no answer; it is a word such as timeout, or a status such as 401/102")
    action = partial(take, world, change) if change is not None else None
    at = world.names.pattern(values["at"])
    world.faults.append(RequestFault(at, values["at"], values.get("nth", 1), times, answer, action))


def _restore(world: World, what: str) -> None:
    """`backup` keeps a copy of the journal; `journal` brings it back."""
    kept = world.folder / _BACKUP
    if what == _BACKUP:
        shutil.copy(world.journal, kept)
    elif what != "journal" or not kept.exists():
        raise UsageError("restore: takes backup, and after it journal")
    else:
        for file in world.folder.glob("journal-*"):
            file.unlink()
        shutil.copy(kept, world.journal)


def _sync(world: World, values: Mapping[str, Any]) -> None:
    options = world.options if values.get("write", True) else replace(world.options, write=False)
    work = _work(world, values)
    at, nth, other = values.get("killed_at"), values.get("nth", 1), values.get("overlapping")
    seen = 0

    def reached(step: str) -> None:
        nonlocal seen
        seen += step == (at or "page staged")
        if seen == nth and at:
            raise KilledError
        if seen == nth and other:
            seen += 1
            world.run(_work(world, {**values, "run": other}), options)

    world.run(work, options, reached if at or other else nothing)
    if (at or other) and seen < nth:
        raise UsageError(f"sync: the run came {seen} times to {at or 'page staged'}, not {nth}")


def _work(world: World, values: Mapping[str, Any]) -> Work:
    command = values["run"]
    for key in {"refresh": ("list", "email"), "add": ("list", "records")}.get(command, ()):
        if key not in values:
            raise UsageError(f"sync: {command} needs {key}")
    match command:
        case "primary":
            return run.primary
        case "full-refresh":
            return run.full_refresh
        case "opt-out-job":
            return run.opt_out_job
        case "refresh":
            return partial(run.refresh, list_id=known_id(world, values["list"]), email=values["email"])
        case "add":
            ids = [known_id(world, name) for name in values["records"]]
            return partial(add_people, list_id=known_id(world, values["list"]), ids=ids)
        case _:
            raise UsageError(f"sync: {command} is no command{did_you_mean(command, COMMANDS)}")
