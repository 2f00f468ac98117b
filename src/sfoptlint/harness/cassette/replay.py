"""A transport that answers from a cassette, strictly: what was not recorded is not answered."""

from collections import Counter
from collections.abc import Sequence

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.wire import Request, Response
from sfoptlint.harness.cassette.cassette import Cassette, CassetteFault, Interaction, Order
from sfoptlint.harness.cassette.matching import differences, endpoint, miss


class CassetteMissError(Exception):
    """A request was made that the cassette does not answer. No ClientError: nothing may take it for a service's failure."""


class CassetteTransport:
    """Answers each interaction as often as it repeats, in the cassette's order, with its faults before it."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette
        self._used: Counter[int] = Counter()
        self._faults: dict[int, list[CassetteFault]] = {}
        for fault in cassette.faults:
            self._faults.setdefault(fault.at_seq, []).append(fault)
        self._by_endpoint: dict[tuple[str, str, str], list[Interaction]] = {}
        for one in cassette.interactions:
            self._by_endpoint.setdefault(endpoint(one.request.method, one.request.url), []).append(one)

    def send(self, request: Request) -> Response:
        """Return the recorded answer; raise CassetteMissError where there is none."""
        found = self._find(request)
        faults = self._faults.get(found.seq)
        if faults:
            return _struck(faults.pop(0), request)
        self._used[found.seq] += 1
        return found.response

    @property
    def unused(self) -> Sequence[Interaction]:
        """What was recorded and never asked for."""
        return [one for one in self._cassette.interactions if self._used[one.seq] < one.repeat]

    def _find(self, request: Request) -> Interaction:
        candidates = self._candidates(request)
        left = [one for one in candidates if self._used[one.seq] < one.repeat]
        ready = left if self._cassette.header.order is Order.ANY else left[:1]
        found = next((one for one in ready if not differences(request, one.request)), None)
        if found is None:
            raise CassetteMissError(self._explained(request, candidates, left))
        return found

    def _candidates(self, request: Request) -> Sequence[Interaction]:
        if self._cassette.header.order is Order.STRICT:
            return self._cassette.interactions
        return self._by_endpoint.get(endpoint(request.method, request.url), ())

    def _explained(self, request: Request, candidates: Sequence[Interaction], left: Sequence[Interaction]) -> str:
        used = next((one for one in candidates if one not in left and not differences(request, one.request)), None)
        if used is not None:
            return miss(request, used, f"it was recorded {used.repeat} time(s), and all are used")
        later = next((one for one in left if not differences(request, one.request)), None)
        if later is not None:
            return miss(request, left[0], f"it is recorded as seq {later.seq}, and seq {left[0].seq} comes before it")
        closest = min(left or self._cassette.interactions, key=lambda one: _distance(request, one), default=None)
        return miss(request, closest, "it was not recorded")


def _distance(request: Request, one: Interaction) -> int:
    weights = {"path": 4, "host": 3, "method": 2}
    return sum(weights.get(difference.matcher, 1) for difference in differences(request, one.request))


def _struck(fault: CassetteFault, request: Request) -> Response:
    if fault.kind in list(FailureKind):
        raise TransportError(FailureKind(fault.kind), f"{request.method} {request.path}")
    return Response(int(fault.kind), dict(fault.headers))
