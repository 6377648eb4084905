"""What is common to a run: who takes part, where things are kept, what has been measured."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.command import Tell
from benchmarks.running.answers import Gathered
from benchmarks.running.contenders import Contender, Ready
from benchmarks.running.drives import drive

_LIMIT_SECONDS = 600.0
_PROOFS = "proofs"


@dataclass(frozen=True)
class Session:
    """Has contenders do tasks, and takes in what they give."""

    results: Gathered
    ready: Sequence[Ready]
    folder: Path
    tell: Tell

    def all(
        self, contenders: Iterable[Contender], task: str, settings: Mapping[str, Any], known: Path
    ) -> None:
        """Have all do a task, each in a new folder for what it keeps.

        Args:
            contenders: Who takes part, if it is here.
            task: The task's name.
            settings: Of the task, plain data.
            known: Where what the machine enforces has been found out: see `share_proof`.
        """
        for contender in contenders:
            with tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as name:
                share_proof(known, Path(name))
                self.one(contender, task, settings, Path(name))

    def one(
        self, contender: Contender, task: str, settings: Mapping[str, Any], folder: Path
    ) -> None:
        """Have one do a task, if it is here."""
        for ready in self.ready:
            if ready.contender == contender:
                self.tell(f"{task}: {contender.name}")
                self.results.take(drive(ready, task, settings, folder, _LIMIT_SECONDS))


def share_proof(known: Path, folder: Path) -> None:
    """Have known in a folder of results what the machine enforces.

    All engines but the first one since the machine's start know it. `known` is a folder of results
    in which it has been found out.
    """
    if (known / _PROOFS).exists():
        shutil.copytree(known / _PROOFS, folder / _PROOFS)
