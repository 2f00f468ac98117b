"""The troubleshooting checklist, answered from data: who is not opted out that should be, why, and what to do."""
