"""Campaign Monitor as state plus routes: what API v3.3 documents, without sending anything to anybody."""
