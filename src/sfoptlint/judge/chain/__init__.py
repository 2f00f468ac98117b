"""Two or three automations that lose an opt-out together, where each of them alone is harmless."""
