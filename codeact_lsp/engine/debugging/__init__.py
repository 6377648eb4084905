"""Debugging a node: what its process needs for it, and how an editor reaches it."""
