"""Benchmarks: what an edit costs, against the peers, in one run. See README.md."""
