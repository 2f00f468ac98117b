"""The import name of every rule's detector; `catalogue.load` adds the folders that hold them to its path."""
