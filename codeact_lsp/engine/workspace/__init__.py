"""What lies beside a plan: its workspace, inputs, settings, interpreter and files."""
