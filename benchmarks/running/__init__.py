"""The run half: what running nodes costs, against other engines, in one run."""
