"""A witness put to the proof: the automation that is accused runs alone, in its phase, on the witness's record.

Answers go by place. One that nobody asks for, or a question that nobody answers, fails the replay: then the witness shows
something else than what happens.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sfoptlint.core.expr import Value
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Effect
from sfoptlint.core.witness import Answer, Expectation, Values, Witness
from sfoptlint.evaluate.world import Path
from sfoptlint.simulate.fields import Fields
from sfoptlint.simulate.questions import Given, Leeway
from sfoptlint.simulate.result import Later, Rejection
from sfoptlint.simulate.saving import MOST, Circumstances, Saving, loaded
from sfoptlint.simulate.user import AnyUser
from sfoptlint.simulate.walk import Happened, Walk, Write

_ROUNDS = 12
"""Runs until every question has an answer: one that is answered may lead to others."""
_MOST_TRIALS = 8
"""Runs with another answer to one question, where none of the answers is the witness's."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The witness with an answer to every question, and why it does not replay, empty where it does."""

    witness: Witness
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: why the witness fails, the witness with what else was asked, and other answers to that, in words too."""

    reason: str
    witness: Witness
    others: Mapping[str, tuple[Answer, str]] = field(default_factory=dict)

    def other(self, place: str) -> Witness:
        """Return the witness with the other answer at a place."""
        answer, words = self.others[place]
        return _answered(self.witness, {place: (answer,)}, (words,))


def replay(witness: Witness, walk: Walk, fixed: Values, *, sparse: bool = False) -> Replayed:
    """Replay a witness; `fixed` are `$` names that the configuration settles.

    What made the witness read only what the effect depends on. A run asks for more: each further query finds nothing, each
    further call gives a blank, and the witness that is returned says so; it is replayed as it then is. `sparse`: a run knows
    what the walk of all ways together had to ask, the size of a list, say; such an answer is left out of the witness likewise.
    Where the blanks lead such a run elsewhere, it is run with other answers to what the witness leaves open, and with its
    nulls taken at their word.
    """
    ran = _settled(witness, walk, fixed, sparse=sparse)
    if ran.reason and sparse:
        strictly = _settled(witness, walk, fixed, sparse=True, strict=True)
        ran = (
            strictly if not strictly.reason else _searched(ran, lambda trial: _settled(trial, walk, fixed, sparse=True))
        )
    return Replayed(ran.witness, ran.reason)


def _searched(ran: _Run, run: Callable[[Witness], _Run]) -> _Run:
    """Return a run that comes to what the witness shows, else the first one; the last question is tried first."""
    first, trials, met = ran, 0, {ran.reason}
    while trials < _MOST_TRIALS:
        further = None
        for place in list(ran.others)[::-1][: _MOST_TRIALS - trials]:
            tried, trials = run(ran.other(place)), trials + 1
            if not tried.reason:
                return tried
            if further is None and tried.reason not in met:
                further = tried
        if further is None:
            break
        ran = further
        met.add(ran.reason)
    return first


def _settled(witness: Witness, walk: Walk, fixed: Values, *, sparse: bool, strict: bool = False) -> _Run:
    """Run a witness until it answers what is asked, and nothing else."""
    for _ in range(_ROUNDS):
        ran, unasked = _run(witness, walk, fixed, strict=strict)
        if ran.reason:
            return ran
        if ran.witness == witness and unasked and not sparse:
            return replace(ran, reason=f"nobody asks for the answer at {unasked[0]}")
        kept = {place: given for place, given in ran.witness.answers.items() if place not in unasked}
        settled = replace(ran.witness, answers=kept)
        if settled == witness:
            return replace(ran, witness=settled)
        witness = settled
    return _Run("each run asks for more", witness)


def _run(witness: Witness, walk: Walk, fixed: Values, *, strict: bool) -> tuple[_Run, tuple[str, ...]]:
    """Run a witness once, and return the places as well that nobody asks about."""
    given = Given(witness.answers)
    values = {**witness.user, **witness.settings, **witness.metadata, **fixed}
    around = Circumstances(witness.now, values, witness.related, given)
    seen, questions = _victim(witness, around, strict=strict).seen()
    happened = walk.run(seen)
    wrong = _blocked(happened, witness) if witness.expect.effect is Effect.BLOCK else _lost(happened, witness)
    if wrong and happened.doubts:
        wrong = f"{wrong}: {happened.doubts[0].reason}"
    elif not wrong and given.unfit:
        wrong = f"a row that is given at {given.unfit[0]} does not meet the query"
    others = {place: other for place, other in questions.others.items() if place not in witness.answers}
    full = _answered(witness, questions.missing, questions.supposed, questions.fields)
    return _Run(wrong, full, others), given.unasked if not wrong else ()


def _answered(
    witness: Witness,
    answers: Mapping[str, tuple[Answer, ...]],
    words: Sequence[str] = (),
    fields: Mapping[Path, Value] = MappingProxyType({}),
) -> Witness:
    """Return a witness with further answers and stored values; `words` say what of them is taken for granted."""
    pair = witness.chunk[0]
    stored = {**pair.before, **{".".join(path): value for path, value in fields.items()}}
    return replace(
        witness,
        chunk=(replace(pair, before=stored), *witness.chunk[1:]),
        answers={**witness.answers, **answers},
        assumptions=tuple(dict.fromkeys((*witness.assumptions, *words))),
    )


def _victim(witness: Witness, around: Circumstances, *, strict: bool) -> Saving:
    pair = witness.chunk[0]
    stored = loaded(witness.object, Fields(pair.before), pair.set)
    now, changed = stored.having(pair.set), dict.fromkeys(pair.set)
    return Saving(witness.object, stored, now, changed, around, AnyUser(), alike=MOST, leeway=Leeway(now, strict))


def _blocked(happened: Happened, witness: Witness) -> str:
    expect = witness.expect
    if any(error.status_code == expect.code and _is_there(error, expect) for error in happened.errors):
        return ""
    met = ", ".join(f"{error.status_code} at {_spot(error)}" for error in happened.errors)
    return f"{expect.code} at {_named(expect)} does not happen" + (f", but {met}" if met else "")


def _lost(happened: Happened, witness: Witness) -> str:
    box = OPT_OUT_FIELD[witness.object]
    asked = Fields(witness.chunk[0].set)[box]
    if happened.errors:
        return f"the save is rejected at {_spot(happened.errors[0])}"
    writes = [write for write in happened.writes if box in Fields(write.values)]
    ways: list[Write | Later] = [*writes[-1:], *(later for later in happened.later if box in Fields(later.sets))]
    for way in ways:
        values = Fields(way.values if isinstance(way, Write) else way.sets)
        if _is_there(way, witness.expect) and bool(values[box]) is not asked:
            return ""
    return f"{box} is not lost at {_named(witness.expect)}"


def _is_there(way: Rejection | Write | Later, expect: Expectation) -> bool:
    if expect.place and way.place:
        return way.place == expect.place
    return way.at is not None and (way.at.path, way.at.line) == (expect.at.path, expect.at.line)


def _spot(error: Rejection) -> str:
    return error.place or (f"{error.at.path}:{error.at.line}" if error.at else "")


def _named(expect: Expectation) -> str:
    return expect.place or f"{expect.at.path}:{expect.at.line}"
