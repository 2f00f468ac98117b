"""The project: components resolved to each other, and the schema that they stand on."""
