"""Asks: could every file be read?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import InputProblem, Observation, Place


def detect(broken: Iterable[InputProblem]) -> Iterator[Observation]:
    """Yield every file that could not."""
    for item in broken:
        problem = item.problem
        place = Place(problem.path, problem.line, problem.column)
        yield Observation(place, f"{problem.path} {problem.reason}", artifact=item.artifact, key=problem.path)
