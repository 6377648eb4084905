"""What a worker says of a call, read as the claim of an untrusted process."""
