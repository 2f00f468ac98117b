"""The sync itself: memberships from Campaign Monitor, and from them the opt-out box in Salesforce."""
