"""Lets `python -m sfoptlint` run the command line."""

from sfoptlint.cli.main import main

if __name__ == "__main__":
    main()
