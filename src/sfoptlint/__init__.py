"""Says which Salesforce automation can stop or undo an email opt-out, with a proof."""

__version__ = "0.1.0"
