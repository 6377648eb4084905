"""Play a journey, a script beside this file, in a real editor without a screen."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.leftovers import Marked

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
_PATIENCE_SECONDS = 100


@dataclass(frozen=True)
class Played:
    """What the journey reported, and what it left behind."""

    report: dict[str, Any]
    status: int
    left: list[str]
    before: bytes
    after: bytes


@dataclass(frozen=True)
class Editor:
    """An editor that plays journeys.

    Attributes:
        name: What people call it.
        command: Its program and what it is started with, in front of the script.
        environment: Its variables, with `folder` as home.
    """

    name: str
    command: Sequence[str]
    environment: Callable[[Path], Mapping[str, str]]

    def play(self, script: str, plan: Path, told: Mapping[str, Any]) -> Played:
        """Play a journey with a copy of a plan.

        Args:
            script: The journey's file.
            plan: The plan's file; its folder and that one's parent are the journey's.
            told: What the journey has to know besides.
        """
        folder, before = plan.parents[1], plan.read_bytes()
        report = folder / "report.json"
        journey = {"plan": str(plan), "report": str(report), **told}
        marked = Marked(**self.environment(folder), CODEACT_JOURNEY=json.dumps(journey))
        ended = subprocess.run(
            [self._program(), *self.command[1:], str(HERE / script)],
            env=marked.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
        said = f"{self.name} said: {ended.stderr}{ended.stdout}"
        if not report.exists():
            pytest.fail(f"{script} reported nothing, status {ended.returncode}. {said}")
        reported = json.loads(report.read_text(encoding="utf-8"))
        if error := reported.pop("error", None):
            pytest.fail(f"{script}: {error}\n{reported.get('messages', '')}\n{said}")
        return Played(reported, ended.returncode, marked.left(), before, plan.read_bytes())

    def _program(self) -> str:
        found = shutil.which(self.command[0])
        if found is None:
            pytest.fail(f"{self.name} is not installed, and this test drives it: `make system`.")
        return found


def copied(example: str, folder: Path, examples: Path = EXAMPLES) -> Path:
    """The plan of a copy of an example."""
    return shutil.copytree(examples / example, folder / example) / f"{example}.plan.py"
