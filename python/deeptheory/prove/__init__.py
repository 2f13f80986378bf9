"""Proving: the module graph, the drivers, and the service that checks files."""
