"""Salesforce's formula language: text to a tree with spans, and the tree to the core form; knows no metadata."""
