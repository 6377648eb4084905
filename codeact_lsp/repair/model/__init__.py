"""Repairs that a language model proposes: what it is told, and what of its answer may be tried."""
