"""Campaign Monitor API v3.3: https://www.campaignmonitor.com/api/v3-3/ ."""
