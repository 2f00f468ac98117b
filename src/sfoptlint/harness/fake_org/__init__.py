"""A Salesforce org as state plus routes: records, what may be asked of them, and a save that runs the org's own metadata."""
