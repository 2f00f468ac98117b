"""Expected against actual opt-out for everybody, by one SQL text that DuckDB or the user's own engine runs."""
