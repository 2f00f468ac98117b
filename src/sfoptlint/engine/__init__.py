"""One lint run: open what was named, judge it, let the rules look, and gather what they saw."""
