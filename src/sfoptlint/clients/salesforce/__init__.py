"""Salesforce's REST API, on simple-salesforce, and Bulk API 2.0 beside it."""
