"""Apex as guarded effects: one abstract walk from a trigger's body through every class that it enters."""
