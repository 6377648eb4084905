"""The engine: runs a plan snapshot and tells what happens as a stream of events."""
