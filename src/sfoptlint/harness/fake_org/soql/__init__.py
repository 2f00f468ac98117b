"""SOQL over the org's records: what the sync asks, evaluated; anything else refused with its place."""
