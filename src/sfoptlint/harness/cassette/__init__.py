"""Cassettes: requests with their answers in a file, in a superset of the `responses` recorder's YAML."""
