"""Play a journey, a file of Emacs Lisp beside this one, in a real Emacs without a screen."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.leftovers import Marked

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_PAGE = _ROOT / "docs" / "editors" / "emacs.md"
_BLOCK = re.compile(r"```elisp\n(.*?)```", re.DOTALL)
_PATIENCE_SECONDS = 100


@dataclass(frozen=True)
class Played:
    """What the journey reported, and what it left behind."""

    report: dict[str, Any]
    left: list[str]
    before: bytes
    after: bytes


def play(script: str, example: str, folder: Path) -> Played:
    """Play a journey with a copy of an example, set up as the documentation says.

    Args:
        script: The journey's file.
        example: The example's name.
        folder: An empty folder for the copy and for what Emacs keeps.
    """
    plan = shutil.copytree(_ROOT / "examples" / example, folder / example) / f"{example}.plan.py"
    before = plan.read_bytes()
    report, setup = folder / "report.json", folder / "setup.el"
    setup.write_text("\n".join(_BLOCK.findall(_PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
    journey = {"plan": str(plan), "setup": str(setup), "report": str(report)}
    # The page has `codeact` on the PATH.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    marked = Marked(HOME=str(folder), PATH=path, CODEACT_JOURNEY=json.dumps(journey))
    ended = subprocess.run(
        [_emacs(), "--batch", "--no-init-file", "--load", str(_HERE / script)],
        env=marked.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    if not report.exists():
        pytest.fail(f"Emacs ended with status {ended.returncode}: {ended.stderr}{ended.stdout}")
    told = json.loads(report.read_text(encoding="utf-8"))
    if error := told.pop("error", None):
        pytest.fail(f"{script}: {error}\nEmacs said: {ended.stderr}")
    return Played(told, marked.left(), before, plan.read_bytes())


def _emacs() -> str:
    found = shutil.which("emacs")
    if found is None:
        pytest.fail("Emacs is not installed, and this test drives it. Run `make system`.")
    return found
