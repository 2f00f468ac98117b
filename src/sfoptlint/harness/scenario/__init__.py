"""Scenarios: a world, what happens in it, and how it has to end, in one file each."""
