"""Laws of the sync's pure parts. Which promise is held where:

I1 nobody is opted in, I2 nobody is lost in silence, I3 a second run writes nothing, I4 every way there ends in the same state,
I10 a write is read back, I11 every write has its evidence, I12 requests are bounded, I14 no address is told: the machine
(`tests/sync/machine.py`). I5 killed at every step: `tests/sync/test_interruption.py`, `test_planted.py`. I6 what is not whole
is no evidence, I7 the policy is monotone, I8 one state of several, I13 nothing falls between two loads: here. I9 the laws of
the key: `test_address.py`.
"""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.settings import Link, Policy
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync.context import last_page_first
from sfoptlint.sync.decision import Aim, Doubt, decide
from sfoptlint.sync.journal import Journal, open_database
from sfoptlint.sync.memberships import RANKS, Held, stage
from sfoptlint.sync.sides import Person, Subscriber
from sfoptlint.sync.watermark import Watermark, load_since

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
STATES = st.sampled_from([*RANKS, "Suppressed", "Spam"])
POLICIES = st.builds(
    Policy,
    opted_out_states=st.frozensets(st.sampled_from(["Unsubscribed", "Deleted", "Suppressed"])),
    ignored_states=st.frozensets(st.sampled_from(["Deleted", "Bounced", "Unconfirmed", "Suppressed"])),
    link=st.sampled_from(Link),
    clear_on_resubscribe=st.booleans(),
)
ROWS = st.lists(
    st.builds(
        Held,
        list=st.sampled_from(["news", "offers", "events"]),
        email=st.sampled_from(["ann@example.com", "ANN@example.com "]),
        state=STATES,
        since=st.just("2026-04-01 12:00:00"),
        record=st.sampled_from([None, "003A", "003B"]),
    ),
    max_size=5,
)
PEOPLE = st.builds(
    Person,
    object=st.sampled_from(OptOutObject),
    id=st.just("003A"),
    lookup=st.just("003A"),
    email=st.sampled_from(["ann@example.com", "ben@example.com", ""]),
    opted_out=st.booleans(),
    converted=st.booleans(),
    modified=st.just(NOON),
)
KNOWN = Doubt()


@given(PEOPLE, ROWS, POLICIES)
def test_without_memberships_that_count_nothing_happens(person: Person, rows: list[Held], policy: Policy) -> None:
    strangers = [replace(row, email="eve@example.com", record=None) for row in rows]
    assert decide(person, strangers, policy, KNOWN).aim is Aim.LEAVE


@given(PEOPLE, ROWS, POLICIES)
def test_a_further_opted_out_membership_never_undoes(person: Person, rows: list[Held], policy: Policy) -> None:
    if decide(person, rows, policy, KNOWN).aim is Aim.OPT_OUT and "Unsubscribed" in policy.opted_out_states:
        further = Held("more", person.email, "Unsubscribed", rows[0].since, person.lookup)
        assert decide(person, [*rows, further], policy, KNOWN).aim is Aim.OPT_OUT


@given(PEOPLE, ROWS, POLICIES, st.sampled_from(["Active", "Spam"]))
def test_an_active_or_unknown_membership_prevents(person: Person, rows: list[Held], policy: Policy, state: str) -> None:
    further = Held("more", person.email, state, "2026-04-01 12:00:00", person.lookup)
    assert decide(person, [*rows, further], policy, KNOWN).aim is not Aim.OPT_OUT


@given(PEOPLE, ROWS, POLICIES)
def test_nobody_is_opted_in_unless_the_policy_says_so(person: Person, rows: list[Held], policy: Policy) -> None:
    aim = decide(person, rows, replace(policy, clear_on_resubscribe=False), KNOWN).aim
    assert aim in {Aim.LEAVE, Aim.OPT_OUT}


@given(PEOPLE, ROWS, POLICIES)
def test_doubt_withholds_and_never_decides(person: Person, rows: list[Held], policy: Policy) -> None:
    sure = decide(person, rows, policy, KNOWN)
    unsure = decide(person, rows, policy, Doubt(never_whole=True)).aim
    assert unsure is (Aim.LEAVE if sure.aim is Aim.LEAVE else Aim.WITHHOLD)
    about = decide(person, rows, policy, Doubt(lists=frozenset({"news"}))).aim
    concerned = any(row.list == "news" for row in sure.theirs)
    assert about is (Aim.WITHHOLD if concerned and sure.aim is not Aim.LEAVE else sure.aim)


@given(st.permutations([(minute, state) for minute in (1, 2) for state in RANKS]), st.integers(1, 10))
def test_of_several_states_the_latest_counts_then_the_most_restrictive(seen: list[tuple[int, str]], many: int) -> None:
    kept = seen[:many]
    with closing(open_database(":memory:")) as db:
        journal = Journal(db)
        for minute, state in kept:
            at = datetime(2026, 4, 1, 12, minute)  # noqa: DTZ001 - the service's dates have no offset
            stage(journal, "news", [("ann", Subscriber("ann", state, at))])
        (held,) = db.execute("SELECT state FROM staged").fetchone()
    assert held == max(kept, key=lambda pair: (pair[0], RANKS[pair[1]]))[1]


ZONES = ("Australia/Sydney", "Australia/Lord_Howe", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "UTC")
_YEAR = 365 * 24 * 60


def _shown(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)


@given(
    st.tuples(st.integers(0, _YEAR), st.integers(0, 3000), st.integers(0, 3000)),
    st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
    st.integers(-50, 50),
)
def test_nothing_that_happens_after_a_load_falls_before_the_next(
    minutes: tuple[int, int, int], zones: tuple[str, str], skew: int
) -> None:
    """Whatever clocks change in between, and however wrong ours is: what the filter asks for includes the event."""
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes[0])
    event = start + timedelta(minutes=minutes[1])
    now = event + timedelta(minutes=minutes[2])
    wrong = timedelta(minutes=skew)
    last = Watermark(_shown(start, zones[0]), start + wrong)
    since = load_since(last, Watermark(_shown(now, zones[1]), now + wrong))
    assert _shown(event, zones[1]) >= since


@given(st.integers(1, 25), st.lists(st.integers(0, 24), max_size=12), st.data())
def test_from_the_last_page_to_the_first_nobody_who_stays_is_skipped(
    size: int, leaving: list[int], data: st.DataObject
) -> None:
    """Between any two pages somebody may leave, and somebody enter at the end."""
    rows = [f"p{number}" for number in range(size)]
    stay = {row for number, row in enumerate(rows) if number not in leaving}
    go = [f"p{number}" for number in leaving]
    seen: set[str] = set()
    for page in (1, *last_page_first(-(-size // 3))):
        seen.update(rows[(page - 1) * 3 : page * 3])
        for _ in range(data.draw(st.integers(0, 2))):
            if go and (gone := go.pop()) in rows:
                rows.remove(gone)
            rows.append(f"new{len(rows)}")
    assert stay <= seen
