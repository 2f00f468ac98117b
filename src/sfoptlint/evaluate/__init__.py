"""The value of an expression in a world: one evaluator for guards of every language."""
