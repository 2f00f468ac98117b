"""Apex: text to a typed tree with spans, gaps recorded; knows no metadata.

`parse` reads a file; `nodes` has the tree, with `walk` and `children` to visit it. A query in brackets is another
language: `lang.soql` parses it from the same text with the span and the `bind_spans` of its `QueryExpression`.
"""

from sfoptlint.lang.apex.parser import parse

__all__ = ["parse"]
