"""Plain frozen data that every layer speaks; imports nothing of the project's own."""
