"""Benchmarks of the sandbox: what it costs to confine a node, in one run. See ../README.md."""
