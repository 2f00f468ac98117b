"""What is expected of a person, given their memberships: one pure definition, which the SQL is made from too."""
