"""Guards that are proved never to hold several at a time."""

from collections.abc import Sequence

from sfoptlint.core.expr import Expr, Interner, Type
from sfoptlint.core.verdict import Verdict
from sfoptlint.judge.streak import Streak

INTERNER = Interner()
GUARDS = [INTERNER.global_(f"$Setup.S__c.F{at}__c", Type.BOOLEAN) for at in range(40)]


def asked(proved: bool, verdicts: Sequence[Verdict]) -> tuple[list[int], int]:
    """Return how many guards each attempt was for when these verdicts were told one by one, and what the last one gave."""
    tried: list[int] = []

    def proves(guards: Sequence[Expr]) -> bool:
        tried.append(len(guards))
        return proved

    streak, ahead = Streak(proves), 0
    for verdict in verdicts:
        streak.told(verdict)
        ahead = streak.ahead(GUARDS)
    return tried, ahead


def test_three_in_a_row_are_followed_by_more_at_once_each_time() -> None:
    assert asked(True, [Verdict.NEVER] * 2) == ([], 0)
    assert asked(True, [Verdict.NEVER] * 6) == ([4, 8, 16, 16], 16)


def test_one_that_is_not_proved_begins_the_row_anew() -> None:
    assert asked(True, [Verdict.NEVER, Verdict.NEVER, Verdict.UNKNOWN, Verdict.NEVER]) == ([], 0)


def test_what_was_tried_in_vain_is_tried_again_after_a_longer_row() -> None:
    assert asked(False, [Verdict.NEVER] * 14) == ([4], 0)
    assert asked(False, [Verdict.NEVER] * 15) == ([4, 4], 0)


def test_the_last_guard_is_asked_alone() -> None:
    streak = Streak(lambda _: True)
    for _ in range(3):
        streak.told(Verdict.NEVER)
    assert streak.ahead(GUARDS[:1]) == 0
