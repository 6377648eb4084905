"""Play a journey, which is a Lua script beside this file, in a real Neovim without a screen."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.leftovers import Marked

_HERE = Path(__file__).parent
_EXAMPLES = _HERE.parents[1] / "examples"
_SERVER = [sys.executable, "-m", "codeact_lsp", "serve"]
_PATIENCE_SECONDS = 100


@dataclass(frozen=True)
class Played:
    """What the journey reported, and what it left behind."""

    report: dict[str, Any]
    status: int
    left: list[str]
    before: bytes
    after: bytes


def play(script: str, example: str, folder: Path, examples: Path = _EXAMPLES) -> Played:
    """Play a journey with a copy of an example.

    Args:
        script: The journey's file.
        example: The example's name.
        folder: An empty folder for the copy and for what Neovim keeps.
        examples: Where the example is.
    """
    plan = shutil.copytree(examples / example, folder / example) / f"{example}.plan.py"
    before = plan.read_bytes()
    report = folder / "report.json"
    journey = {"plan": str(plan), "server": _SERVER, "report": str(report)}
    homes = {
        f"XDG_{kind}_HOME": str(folder / "home") for kind in ("CACHE", "CONFIG", "DATA", "STATE")
    }
    marked = Marked(**homes, CODEACT_JOURNEY=json.dumps(journey))
    ended = subprocess.run(
        [_nvim(), "--headless", "--clean", "-n", "-S", str(_HERE / script)],
        env=marked.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    if not report.exists():
        pytest.fail(f"Neovim ended with status {ended.returncode}: {ended.stderr}{ended.stdout}")
    told = json.loads(report.read_text(encoding="utf-8"))
    if error := told.pop("error", None):
        pytest.fail(f"{script}: {error}\nNeovim's messages: {told['messages']}")
    return Played(told, ended.returncode, marked.left(), before, plan.read_bytes())


def _nvim() -> str:
    found = shutil.which("nvim")
    if found is None:
        pytest.fail("Neovim is not installed, and this test drives it. Run `make system`.")
    return found
