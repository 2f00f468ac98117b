"""The rules: read from their folders, chosen, and begun."""
