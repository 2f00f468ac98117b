"""The rules' pages: their examples linted, and what comes of it written up."""
