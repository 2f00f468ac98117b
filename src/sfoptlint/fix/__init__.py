"""Byte-exact repairs of metadata: what is added is inserted, and every byte that was there stays."""
