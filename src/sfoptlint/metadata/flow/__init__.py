"""Flows and processes as their files write them: every element with its place, and whatever nobody here reads."""
