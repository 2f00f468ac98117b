"""The project: components of one tree of metadata, parsed on demand and resolved to each other."""
