"""What the proxy is made of: whom it connects to, what goes through it, what it says."""
