"""What went wrong, in terms of the plan: where, why, and who made the bad value."""
