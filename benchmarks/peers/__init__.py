"""What drives each engine: run in its own environment, so that these need nothing of ours."""
