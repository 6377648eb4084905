"""Which values are not to be written down or shown: those whose name says that they are secrets."""

import re

_SECRET = re.compile(r"passw|secret|token|api_?key|credential|private_?key", re.IGNORECASE)


def is_secret(name: str) -> bool:
    """Whether what bears this name is likely to be a secret; the worker asks the same of names."""
    return _SECRET.search(name) is not None
