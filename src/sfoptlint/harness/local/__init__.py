"""Both fakes on loopback, for programs that know nothing of us."""
