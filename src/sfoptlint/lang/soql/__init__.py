"""SOQL and SOSL: text to a typed tree with spans; knows no metadata and no host language."""

from sfoptlint.lang.soql.parser import parse

__all__ = ["parse"]
