"""Verdicts: what each artefact does to an opt-out, with the reason, for rules to read and reports to list."""
