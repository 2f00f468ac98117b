"""Exports of an org's records: one CSV or Parquet file an object, in one folder."""
