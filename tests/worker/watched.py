"""Run code under a `Watch`, in a process of its own: what watches it cannot be taken off again."""

import atexit
import functools
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

_ROOT = Path(__file__).parents[2]
# As the zygote does: what is installed is imported once, and each code runs in a fork of it.
_SCRIPT = """
import importlib, json, linecache, os, sys, traceback
sys.path.insert(0, sys.argv[2])
from codeact_lsp.worker.watch import Watch
sys.path.pop(0)
[importlib.import_module(name) for name in json.loads(sys.argv[1])]

def run(folder, text):
    os.chdir(folder)
    sys.path.insert(0, folder)
    space = {"__name__": "it_plan"}
    watch.settle()
    watch.start(folder)
    exec(compile(text, folder + "/it.plan.py", "exec"), space)
    watch.stop()
    return [watch.report(), repr(space.get("value"))]

watch = Watch()
watch.put_in_place()
answers = os.dup(1)
os.dup2(2, 1)
for line in sys.stdin:
    if os.fork() == 0:
        try:
            answer = run(*json.loads(line))
        except BaseException:
            answer = traceback.format_exc()
        os.write(answers, json.dumps(answer).encode() + b"\\n")
        os._exit(0)
    os.wait()
"""


@dataclass(frozen=True)
class Seen:
    """What was seen of some code; `value` is the `repr` of what it left in a variable `value`."""

    folder: Path
    report: dict[str, Any]
    value: str

    @property
    def reads(self) -> set[str]:
        """The files that it read and the folders that it listed, relative to its folder."""
        return {self._shown(path) for path, _ in self.report["reads"]}

    @property
    def looks(self) -> dict[str, str]:
        """What it asked of which path; of what it asked in several ways, the last."""
        return {self._shown(path): what for what, path, _ in self.report["looks"]}

    @property
    def effects(self) -> set[tuple[str, str]]:
        """What it did besides."""
        return {(kind, self._shown(detail)) for kind, detail in self.report["effects"]}

    @property
    def kinds(self) -> set[str]:
        """What it did besides, without the details."""
        return {kind for kind, _ in self.report["effects"]}

    def _shown(self, path: str) -> str:
        return os.path.relpath(path, self.folder) if path.startswith("/") else path


def watched(folder: Path, text: str, *preloaded: str) -> Seen:
    """What is seen of some code that runs in a folder; its process has modules preloaded."""
    process = _process(preloaded)
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps([str(folder), dedent(text)]) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    assert isinstance(answer, list), answer
    return Seen(folder, *answer)


@functools.cache
def _process(preloaded: tuple[str, ...]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-B", "-c", _SCRIPT, json.dumps(preloaded), str(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    atexit.register(process.communicate)  # It ends with its input.
    return process
