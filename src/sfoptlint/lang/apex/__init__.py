"""Apex: text to a typed tree with spans, gaps recorded; knows no metadata."""

from sfoptlint.lang.apex.parser import parse

__all__ = ["parse"]
