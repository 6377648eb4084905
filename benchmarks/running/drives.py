"""A driver process: asked for one task, measured from outside, and ended with all it started."""

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

from benchmarks.processes import family
from benchmarks.running.answers import Driven, read
from benchmarks.running.contenders import Ready
from benchmarks.running.footprint import Footprint

_ROOT = Path(__file__).parents[2]
_FOLDERS = ("CODEACT_CACHE_DIR", "CODEACT_CONFIG_DIR", "CODEACT_DATA_DIR")


def drive(
    ready: Ready, task: str, settings: Mapping[str, Any], folder: Path, limit: float
) -> Driven:
    """Have a driver do one task.

    Args:
        ready: The contender.
        task: The task's name.
        settings: Of the task, plain data.
        folder: Where our own engine keeps its results.
        limit: Seconds until the driver is ended, with all that it started.
    """
    contender = ready.contender
    driven = Driven(contender.name, ready.version, task)
    command = [ready.python, "-m", contender.driver, contender.variant, task, json.dumps(settings)]
    begin = time.perf_counter()
    with ExitStack() as stack:
        errors = stack.enter_context(tempfile.TemporaryFile())
        process = _started(command, folder, errors)
        footprint = stack.enter_context(Footprint(process.pid))
        try:
            said, _ = process.communicate(timeout=limit)
            driven.failure = _epitaph(process.returncode, errors)
        except subprocess.TimeoutExpired:
            _end(process)
            said, _ = process.communicate()
            driven.failure = f"no answer within {limit:.0f} s"
        finally:
            seconds = time.perf_counter() - begin
            _end(process)
    driven.cases, rubbish = read(said)
    driven.failure = driven.failure or rubbish
    for figures in driven.cases.values():
        figures.process.add(seconds)
        figures.facts["peak_mb"] = footprint.peak_mb
    return driven


def _started(command: list[str], folder: Path, errors: IO[bytes]) -> subprocess.Popen[str]:
    kept = dict.fromkeys(_FOLDERS, str(folder))
    return subprocess.Popen(
        command,
        cwd=_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **kept, "PYTHONPATH": ""},
        start_new_session=True,
    )


def _end(process: subprocess.Popen[str]) -> None:
    """Kill a driver and all that it started, also what has a session of its own."""
    if process.poll() is None:
        for pid in list(family(process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    # Of one that ended, what it left behind in its own session.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _epitaph(status: int, errors: IO[bytes]) -> str | None:
    if not status:
        return None
    errors.seek(0)
    said = errors.read().decode(errors="replace").strip().splitlines()
    return f"ended with status {status}" + (f": {said[-1][:200]}" if said else "")
