"""What a formula can do instead of giving a value.

The kinds are the open formula engine's run-time exceptions, and three of our own: a value that the world does not have, an
operand of the wrong type (the platform's compiler refuses those) and a function that is not evaluated here.
"""


class FormulaError(Exception):
    """The formula gives no value; the evaluator raises nothing else."""


class EvaluationError(FormulaError):
    """`FormulaEvaluationException`: an argument is outside of what the function takes."""


class DateError(FormulaError):
    """`FormulaDateException`: a text is no date, date-time or time."""


class NumericValueError(FormulaError):
    """`InvalidNumericValueException` and `NumberFormatException`: a text or a result is no number."""


class NumericError(FormulaError):
    """`ArithmeticException`: a division by zero, or a number beyond every bound."""


class RegexTooComplicatedError(FormulaError):
    """`RegexTooComplicated`: matching takes more steps than are allowed."""


class TypeMismatchError(FormulaError):
    """An operand has a type that the operator does not take, or there are too few or too many."""


class UnsupportedError(FormulaError):
    """A named gap: the operator or the construct is not evaluated here."""


class MissingValueError(FormulaError):
    """The world has no value for a field, a global or a free atom that was read."""
