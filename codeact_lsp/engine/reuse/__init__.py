"""Which results still hold, and what they depend on."""
