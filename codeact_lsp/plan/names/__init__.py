"""Which name in a plan's code stands for what, and where else it stands."""
