"""Formulas answered outside of any org: the fields and their values are given by hand."""
