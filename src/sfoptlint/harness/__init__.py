"""Both services without either: fakes with state, cassettes, faults, and a local server for other programs."""
