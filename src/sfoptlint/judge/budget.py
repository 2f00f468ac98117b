"""How much each decision may cost, as the settings choose the solver."""

from sfoptlint.core.settings import Settings, SolverChoice
from sfoptlint.decide import Budget


def budget_of(settings: Settings) -> Budget:
    """Return the budget of every decision of one run."""
    if settings.solver is SolverChoice.OWN:
        return Budget()
    from sfoptlint.decide.z3_solver import Z3Solver  # noqa: PLC0415 - an extra, and slow to start

    return Budget(solver=Z3Solver())
