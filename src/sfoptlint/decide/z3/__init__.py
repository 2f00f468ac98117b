"""A program as z3 sees it; nothing here imports z3 itself, it is handed in."""
