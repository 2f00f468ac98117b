"""One small parser per metadata type, for the source format and the Metadata API format alike."""
