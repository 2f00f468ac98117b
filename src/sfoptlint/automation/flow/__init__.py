"""Flows and processes: one walk over the element graph, with an oracle that either compiles it or runs it."""
