"""The command line: one file per command, argument parsing only, heavy imports inside the command."""
