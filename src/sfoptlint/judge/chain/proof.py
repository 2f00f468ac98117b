"""A chain's witness saved: in an org of its automations alone, of fewer of them, and in the whole org."""

from collections.abc import Sequence

from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.witness import Witness
from sfoptlint.judge.chain.parts import Part
from sfoptlint.model.objects import Objects
from sfoptlint.simulate.fields import Fields
from sfoptlint.simulate.questions import Given
from sfoptlint.simulate.result import Outcome, SaveResult
from sfoptlint.simulate.saving import Change, Circumstances
from sfoptlint.simulate.simulator import Simulator
from sfoptlint.simulate.user import User
from sfoptlint.simulate.walk import FixedWalks


class Proof:
    """Saves witnesses; `org` is the simulator of the whole org."""

    def __init__(self, org: Simulator, objects: Objects, user: User) -> None:
        self._org = org
        self._objects = objects
        self._user = user

    def loses(self, witness: Witness, parts: Sequence[Part]) -> bool:
        """Whether the opt-out is lost for sure where these automations are all that there is."""
        walks = FixedWalks([walk for part in sorted(parts, key=lambda part: part.number) for walk in part.walks])
        result = _saved(Simulator(self._objects, walks, self._user), witness)
        return result.outcome is Outcome.REJECTED or (result.outcome is Outcome.SAVED and not _kept(result, witness))

    def keeps(self, witness: Witness) -> bool:
        """Whether the whole org saves the opt-out, and keeps it."""
        result = _saved(self._org, witness)
        return result.outcome is Outcome.SAVED and _kept(result, witness)


def _saved(simulator: Simulator, witness: Witness) -> SaveResult:
    values = {**witness.user, **witness.settings, **witness.metadata}
    around = Circumstances(witness.now, values, witness.related, Given(witness.answers))
    pair = witness.chunk[0]
    (result,) = simulator.save(witness.object, [Change(pair.before, pair.set)], around)
    return result


def _kept(result: SaveResult, witness: Witness) -> bool:
    box = OPT_OUT_FIELD[witness.object]
    asked = Fields(witness.chunk[0].set)[box]
    sets = [Fields(later.sets) for later in result.later]
    return bool(Fields(result.record).get(box)) is asked and all(bool(s[box]) is asked for s in sets if box in s)
