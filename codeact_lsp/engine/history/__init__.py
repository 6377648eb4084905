"""What calls and runs took: what was, what that suggests for the next, what a run would do."""
