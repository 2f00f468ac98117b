"""One save, step by step, with the org's own metadata: what the platform would answer, and why."""
