"""The embedded engine and its model files: nothing here knows of articles, or of the client that talks to it."""
