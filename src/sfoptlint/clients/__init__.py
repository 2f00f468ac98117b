"""The two services over one transport: what is sent and what comes back are plain data, and everything around it is handed in."""
