"""What nodes may do, who allowed it, and whether this machine enforces it."""
