"""Where processes that run plans are started: the one place that knows the operating system."""
