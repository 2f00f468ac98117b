"""A guard, explained to a person: in words, as a query, with its repair, and how a record gets there."""
