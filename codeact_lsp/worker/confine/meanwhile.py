"""Work that a copy of this process does while this one goes on."""

import os
import pickle
from collections.abc import Callable
from typing import Any, NoReturn


class Meanwhile:
    """Something that is being worked out."""

    def __init__(self, work: Callable[[], object]) -> None:
        """Begin; what it comes to has to be something that can be pickled.

        Raises:
            OSError: There is no room for another process.
        """
        self._reading, writing = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            os.close(self._reading)
            raise
        else:
            if self._pid == 0:
                _do(work, writing)
        finally:
            os.close(writing)

    def result(self) -> Any:
        """What it came to, as soon as it is there.

        Raises:
            OSError: It came to nothing.
        """
        with os.fdopen(self._reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(self._pid, 0)
        if status:
            raise OSError("the copy of this process did not end well")
        return pickle.loads(told)


def _do(work: Callable[[], object], writing: int) -> NoReturn:
    try:
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    finally:
        os._exit(1)
