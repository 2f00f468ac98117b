"""The words of Bulk API 2.0 (Bulk API 2.0 and Bulk API Developer Guide)."""

from enum import StrEnum

BLANK = "#N/A"
"""What sets a field to blank; an empty cell leaves it as it is."""


class JobState(StrEnum):
    """How far a job is."""

    OPEN = "Open"
    UPLOAD_COMPLETE = "UploadComplete"
    IN_PROGRESS = "InProgress"
    JOB_COMPLETE = "JobComplete"
    ABORTED = "Aborted"
    FAILED = "Failed"
