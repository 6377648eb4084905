"""Has it told of when pipes or devices are made in a folder: there is no audit event for that."""

import os
from collections.abc import Callable
from typing import Any

from .gate import replace


def tell_of_nodes(heard: Callable[[str, tuple[Any, ...]], None]) -> None:
    """Tell of it from now on, by the events `os.mkfifo` and `os.mknod`.

    Args:
        heard: Takes such an event, with the path and the descriptor that the path is relative to.
    """
    for name in ("mkfifo", "mknod"):
        if hasattr(os, name):
            replace(os, name, _telling(f"os.{name}", heard), os.supports_dir_fd)


def _telling(
    event: str, heard: Callable[[str, tuple[Any, ...]], None]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def make(before: Callable[..., None]) -> Callable[..., None]:
        def telling(path: Any, *arguments: Any, **named: Any) -> None:
            folder = named.get("dir_fd")
            heard(event, (path, -1 if folder is None else folder))
            before(path, *arguments, **named)

        return telling

    return make
