"""Reports: one format per file, each a function from an outcome to text; they import the core alone."""
