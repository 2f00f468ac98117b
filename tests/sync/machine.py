"""A state machine over both sides, the clock and the journal: what the sync promises whatever happens in whatever order."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sfoptlint.policy.address import address_key
from sfoptlint.policy.expectation import expected
from sfoptlint.sync.context import Rules
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.sides import SideError, Trouble
from tests.sync.worlds import World

LISTS = ("news", "offers", "events")
STATES = ("Active", "Unconfirmed", "Bounced", "Deleted", "Unsubscribed")
ADDRESSES = (
    "ann@example.com",
    "Ann@Example.com",
    " ann@example.com",
    "ann+x@example.com",
    "ben@example.com",
    "cem@example.com",
)
RECORDS = tuple(f"{prefix}00000000000{n}AAA" for prefix in ("003", "00Q", "001") for n in (1, 2))
CODES = ("FIELD_CUSTOM_VALIDATION_EXCEPTION", "ENTITY_IS_LOCKED", "SOMETHING_NEW")
ZONES = ("Australia/Sydney", "America/Los_Angeles", "Asia/Kolkata")


_NO_REASON = {IssueCause.DUPLICATE_EMAIL, IssueCause.UNEXPLAINED}
"""What the log says of people whose box may be right all the same."""


class KilledError(BaseException):
    """The process was killed."""


class SyncMachine(RuleBasedStateMachine):
    """Moves both sides at random, runs the sync now and then, and checks it after each run."""

    def __init__(self) -> None:
        super().__init__()
        self.world = self.make_world()
        self.drifted = False
        self.opted_out_before: set[str] = set()

    def make_world(self) -> World:
        """Return the world; a machine for a planted bug returns one with the bug."""
        return World(rules=Rules())

    def teardown(self) -> None:
        self.world.close()

    @initialize(addresses=st.lists(st.sampled_from(ADDRESSES), min_size=2, max_size=4))
    def people_and_lists(self, addresses: list[str]) -> None:
        self.world.campaign_monitor.page_size = 2
        for list_id in LISTS:
            self.world.campaign_monitor.names[list_id] = list_id
            self.world.campaign_monitor.members[list_id] = {}
        for record, address in zip(RECORDS, addresses, strict=False):
            self.world.org.put(record, address)

    # What others do

    @rule(list_id=st.sampled_from(LISTS), email=st.sampled_from(ADDRESSES), state=st.sampled_from(STATES))
    def subscriber_moves(self, list_id: str, email: str, state: str) -> None:
        self.world.campaign_monitor.put(list_id, email, state)

    @rule(list_id=st.sampled_from(LISTS))
    def everybody_leaves(self, list_id: str) -> None:
        for email, _, _ in [*self.world.campaign_monitor.members[list_id].values()]:
            self.world.campaign_monitor.put(list_id, email, "Unsubscribed")

    @rule(email=st.sampled_from(ADDRESSES))
    def subscriber_leaves_everywhere(self, email: str) -> None:
        for list_id in LISTS:
            self.world.campaign_monitor.put(list_id, email, "Unsubscribed")

    @rule(record=st.sampled_from(RECORDS), email=st.sampled_from((*ADDRESSES, "")))
    def person_changes(self, record: str, email: str) -> None:
        self.world.org.put(record, email)

    @rule(record=st.sampled_from(RECORDS), opted_out=st.booleans())
    def person_ticks(self, record: str, opted_out: bool) -> None:
        if record in self.world.org.everybody:
            self.world.org.tick(record, opted_out)

    @rule(record=st.sampled_from(RECORDS))
    def person_goes(self, record: str) -> None:
        self.world.org.everybody.pop(record, None)

    @rule(number=st.sampled_from("12"))
    def lead_is_converted(self, number: str) -> None:
        record = f"00Q00000000000{number}AAA"
        if record in self.world.org.everybody:
            self.world.org.put(record, self.world.org.everybody[record].email, converted=True)

    @rule(minutes=st.sampled_from((1, 7, 61, 240, 60 * 20)))
    def time_passes(self, minutes: int) -> None:
        self.world.clock.wait(minutes=minutes)

    @rule(zone=st.sampled_from(ZONES))
    def client_moves(self, zone: str) -> None:
        self.world.campaign_monitor.zone = ZoneInfo(zone)

    # What goes wrong

    @rule(record=st.sampled_from(RECORDS), code=st.sampled_from(CODES))
    def saves_fail(self, record: str, code: str) -> None:
        self.world.org.codes[record] = code

    @rule(record=st.sampled_from(RECORDS))
    def saves_are_undone(self, record: str) -> None:
        self.world.org.reverting.add(record)

    @rule(record=st.sampled_from(RECORDS), times=st.integers(1, 6))
    def row_is_busy(self, record: str, times: int) -> None:
        self.world.org.busy[record] = times

    @rule(answered=st.booleans())
    def line_breaks(self, answered: bool) -> None:
        self.world.org.lost_answers += answered
        self.world.org.lost_requests += not answered

    @rule(list_id=st.sampled_from(LISTS), code=st.sampled_from(("102", "500", "429")))
    def list_fails(self, list_id: str, code: str) -> None:
        self.world.campaign_monitor.failures[list_id] = SideError(Trouble.REFUSED, code, "")

    @rule(list_id=st.sampled_from(LISTS))
    def pages_are_short(self, list_id: str) -> None:
        self.world.campaign_monitor.short_pages.add(list_id)

    @rule(budget=st.integers(1, 8))
    def limit_is_near(self, budget: int) -> None:
        self.world.org.budget = budget

    @rule()
    def all_is_mended(self) -> None:
        world = self.world
        for faults in (world.org.codes, world.org.busy, world.org.reverting):
            faults.clear()
        world.campaign_monitor.failures.clear()
        world.campaign_monitor.short_pages.clear()
        world.org.lost_answers = world.org.lost_requests = 0
        world.org.budget = 10**9

    # What we do

    @rule()
    def primary(self) -> None:
        with self._checked():
            self.world.primary()

    @rule()
    def full_refresh(self) -> None:
        with self._checked():
            self.world.full_refresh()

    @rule(list_id=st.sampled_from(LISTS), email=st.sampled_from(ADDRESSES))
    def refresh(self, list_id: str, email: str) -> None:
        self.world.refresh(list_id, email)

    @rule()
    def opt_out_job(self) -> None:
        self.world.opt_out_job()

    @rule(steps=st.integers(1, 80), everything=st.booleans())
    def killed_run(self, steps: int, everything: bool) -> None:
        left = steps

        def reached(_: str) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise KilledError

        self.world.reached = reached
        with suppress(KilledError):
            self.world.full_refresh() if everything else self.world.primary()
        self.world.reached = lambda _: None

    @rule(
        moves=st.lists(
            st.tuples(st.sampled_from(LISTS), st.sampled_from(ADDRESSES), st.sampled_from(STATES)), max_size=4
        ),
        every=st.integers(1, 5),
        everything=st.booleans(),
    )
    def run_while_others_move(self, moves: list[tuple[str, str, str]], every: int, everything: bool) -> None:
        """Rows move between pages and states while the pages are read; the run after it sees all of it."""
        pending = self.world.campaign_monitor.before_page
        for list_id, email, state in moves:
            pending.extend([lambda: None] * (every - 1))
            pending.append(lambda list_id=list_id, email=email, state=state: self._move(list_id, email, state))  # type: ignore[misc]
        self.world.full_refresh() if everything else self.world.primary()
        pending.clear()

    def _move(self, list_id: str, email: str, state: str) -> None:
        self.world.clock.wait(minutes=1)
        self.world.campaign_monitor.put(list_id, email, state)

    # What holds

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """Check a run during which nobody else moves."""
        writes, told = len(self.world.org.writes), len(self.world.told)
        calls = len(self.world.campaign_monitor.calls)
        whole = not (self.world.campaign_monitor.failures or self.world.campaign_monitor.short_pages)
        org = self.world.org
        saves_well = not (org.codes or org.reverting or org.busy or org.lost_requests or org.lost_answers)
        yield
        rows = sum(map(len, self.world.campaign_monitor.members.values()))
        assert len(self.world.campaign_monitor.calls) - calls <= 4 + 45 * len(LISTS) + 4 * rows
        if not whole or self.world.org.budget < 1:
            return
        for record, _ in self.world.org.writes[writes:]:
            person = self.world.org.everybody.get(record)
            assert person is None or expected(self.states(person.email), self.world.policy), record
        if self.world.journal().db.execute("SELECT 1 FROM issue WHERE record = 'run' AND closed = ''").fetchone():
            return
        assert self.known() == self.truth()
        self._nobody_is_lost()
        assert len(self.world.told) >= told
        if saves_well:
            self._again_nothing_is_written()

    def _nobody_is_lost(self) -> None:
        listed = {record for cause, record in self.world.issues() if cause not in _NO_REASON}
        for record, person in self.world.org.everybody.items():
            if not person.converted and not person.opted_out and expected(self.states(person.email), self.world.policy):
                assert record in listed, record

    def _again_nothing_is_written(self) -> None:
        before = len(self.world.org.writes)
        self.world.primary()
        if self.world.org.budget > 0:
            assert len(self.world.org.writes) == before

    def states(self, email: str) -> list[str]:
        """Return the true states of an address."""
        key = address_key(email)
        lists = self.world.campaign_monitor.members.values()
        return [members[key][1] for members in lists if key and key in members]

    def truth(self) -> set[tuple[str, str, str]]:
        """Return every membership as Campaign Monitor has it."""
        members = self.world.campaign_monitor.members
        return {(list_id, key, row[1]) for list_id, rows in members.items() for key, row in rows.items()}

    def known(self) -> set[tuple[str, str, str]]:
        """Return every membership as the journal has it."""
        return {*self.world.db.execute("SELECT list, key, state FROM membership")}

    @invariant()
    def nobody_is_opted_in(self) -> None:
        assert all(opted_out for _, opted_out in self.world.org.writes)

    @invariant()
    def no_address_is_told(self) -> None:
        logged = " ".join(text for (text,) in self.world.db.execute("SELECT record || evidence FROM issue"))
        assert "@" not in logged + " ".join(map(str, self.world.told))

    @invariant()
    def every_write_has_its_evidence(self) -> None:
        for (evidence,) in self.world.db.execute("SELECT evidence FROM write"):
            assert evidence
            assert {part.split(" ")[0] for part in evidence.split(", ")} <= self.world.policy.opted_out_states
