"""Whatever runs when a record is saved, as guarded effects in a phase of the order of execution."""
