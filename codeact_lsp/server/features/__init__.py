"""What the editor can ask for: one module a feature, from a snapshot to the protocol's types."""
