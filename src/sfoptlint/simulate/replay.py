"""A witness put to the proof: the automation that is accused runs alone, in its phase, on the witness's record.

Answers go by place. One that nobody asks for, or a question that nobody answers, fails the replay: then the witness shows
something else than what happens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Effect
from sfoptlint.core.witness import Answer, Expectation, Values, Witness
from sfoptlint.simulate.fields import Fields
from sfoptlint.simulate.questions import Given
from sfoptlint.simulate.result import Later, Rejection
from sfoptlint.simulate.saving import Circumstances, Saving, loaded
from sfoptlint.simulate.user import AnyUser
from sfoptlint.simulate.walk import Happened, Walk, Write

_ROUNDS = 4
"""Runs until every question has an answer: one that is answered may lead to others."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The witness with an answer to every question, and why it does not replay, empty where it does."""

    witness: Witness
    reason: str = ""


def replay(witness: Witness, walk: Walk, fixed: Values, *, sparse: bool = False) -> Replayed:
    """Replay a witness; `fixed` are `$` names that the configuration settles.

    What made the witness read only what the effect depends on. A run asks for more: each further query finds nothing, each
    further call gives a blank, and the witness that is returned says so; it is replayed as it then is. `sparse`: a run knows
    what the walk of all ways together had to ask, the size of a list, say; such an answer is left out of the witness likewise.
    """
    for _ in range(_ROUNDS):
        reason, asked, unasked = _run(witness, walk, fixed)
        if not reason and not asked and unasked and not sparse:
            reason = f"nobody asks for the answer at {unasked[0]}"
        if reason or not (asked or unasked):
            return Replayed(witness, reason)
        kept = {place: answers for place, answers in witness.answers.items() if place not in unasked}
        witness = replace(witness, answers={**kept, **asked})
    return Replayed(witness, "each run asks for more")


def _run(witness: Witness, walk: Walk, fixed: Values) -> tuple[str, Mapping[str, tuple[Answer, ...]], tuple[str, ...]]:
    """Return why the witness fails, answers to what it does not answer, and the places that nobody asks about."""
    given = Given(witness.answers)
    values = {**witness.user, **witness.settings, **witness.metadata, **fixed}
    around = Circumstances(witness.now, values, witness.related, given)
    seen, questions = _victim(witness, around).seen()
    happened = walk.run(seen)
    wrong = _blocked(happened, witness) if witness.expect.effect is Effect.BLOCK else _lost(happened, witness)
    if wrong and happened.doubts:
        wrong = f"{wrong}: {happened.doubts[0].reason}"
    if wrong or questions.missing:
        return wrong, questions.missing, ()
    if given.unfit:
        return f"a row that is given at {given.unfit[0]} does not meet the query", {}, ()
    return "", {}, given.unasked


def _victim(witness: Witness, around: Circumstances) -> Saving:
    pair = witness.chunk[0]
    stored = loaded(witness.object, Fields(pair.before), pair.set)
    return Saving(witness.object, stored, stored.having(pair.set), dict.fromkeys(pair.set), around, AnyUser())


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
