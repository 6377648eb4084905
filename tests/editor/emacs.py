"""Emacs with Eglot, set up as the documentation says."""

import os
import re
import sys
from pathlib import Path

from tests.editor.journey import EXAMPLES, Editor, Played, copied

_PAGE = EXAMPLES.parent / "docs" / "editors" / "emacs.md"
_BLOCK = re.compile(r"```elisp\n(.*?)```", re.DOTALL)


def play(script: str, example: str, folder: Path) -> Played:
    """Play a journey, a file of Emacs Lisp, with a copy of an example in an empty folder."""
    setup = folder / "setup.el"
    setup.write_text("\n".join(_BLOCK.findall(_PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
    return _EMACS.play(script, copied(example, folder), {"setup": str(setup)})


def _environment(folder: Path) -> dict[str, str]:
    # The page has `codeact` on the PATH.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {"HOME": str(folder), "PATH": path}


_EMACS = Editor("Emacs", ("emacs", "--batch", "--no-init-file", "--load"), _environment)
