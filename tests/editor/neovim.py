"""Neovim with nothing but its own client and our set-up."""

import sys
from pathlib import Path

from tests.editor.journey import EXAMPLES, Editor, Played, copied

_SERVER = [sys.executable, "-m", "codeact_lsp", "serve"]
_HOMES = ("CACHE", "CONFIG", "DATA", "STATE")


def play(script: str, example: str, folder: Path, examples: Path = EXAMPLES) -> Played:
    """Play a journey, a Lua script, with a copy of an example in an empty folder."""
    return _NEOVIM.play(script, copied(example, folder, examples), {"server": _SERVER})


def _environment(folder: Path) -> dict[str, str]:
    return {f"XDG_{kind}_HOME": str(folder / "home") for kind in _HOMES}


_NEOVIM = Editor("Neovim", ("nvim", "--headless", "--clean", "-n", "-S"), _environment)
