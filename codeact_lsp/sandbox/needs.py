"""What rights to paths and variables come to, and which of them nobody can give.

A plan asks for rights by name, and the user gives them by name. So what stands behind a name has to
be what it says, and what would turn one right into all of them has to stay out of reach.
"""

import os
from pathlib import Path

from codeact_lsp.sandbox.model_keys import is_model_key

# They say how programs start, and what ours does.
_STEERING = ("PYTHON", "LD_", "DYLD_", "CODEACT_", "BASH_", "GIT_")


class NeverGrantedError(Exception):
    """A right that is not given, whoever asks; the message ends a sentence that names it."""


def named_path(what: str, folder: Path) -> Path:
    """The path that a plan in `folder` names, as a text: nothing of the disk is looked at."""
    below_home = what == "~" or what.startswith("~/")
    return Path(os.path.normpath(home() / what[2:] if below_home else folder / what))


def home() -> Path:
    """The user's home folder, without links."""
    # Unlike `Path.home`, this has an answer where nobody has a home.
    return Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - see above.


def resolve(what: str, folder: Path) -> Path:
    """The path that a plan in `folder` names, if no link leads elsewhere.

    Args:
        what: The path, relative to the folder.
        folder: The plan's folder, without links in it.

    Raises:
        NeverGrantedError: It is a link, or lies behind one: what it leads to may be exchanged. Or
            it cannot even be looked at.
    """
    named = named_path(what, folder)
    try:
        real = Path(os.path.realpath(named))
        named.exists()
    except OSError as error:
        raise NeverGrantedError(f"it cannot be looked at: {error.strerror}") from error
    if real != named:
        raise NeverGrantedError(f"a link leads from there to {real}. Name that path itself")
    return named


def refuse_variable(name: str) -> None:
    """Refuse a variable that steers programs rather than tells them something, and keys of models.

    Raises:
        NeverGrantedError: It is one.
    """
    if name.startswith(_STEERING):
        raise NeverGrantedError("it steers how programs start")
    if is_model_key(name):
        raise NeverGrantedError(
            "it holds a key for language models, which no process of a plan is given"
        )
