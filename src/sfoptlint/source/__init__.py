"""Bytes in: a directory, an archive, the git index or a revision, all as one kind of source."""
