"""Front ends that turn statements into nodes: one module a dialect, each with `nodes(piece)`."""
