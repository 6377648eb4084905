"""What confines nodes goes away while a process runs: nothing runs with less, and it says why."""

import json
import sys
from pathlib import Path

from tests.sandbox.own_namespace import said_in_its_own

_CHANGING = """
import asyncio, json, sys
from pathlib import Path
from codeact_lsp.engine.permissions.refusal import foreseen, refused
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.lasting import lost, still_lost
from codeact_lsp.sandbox.mechanisms import mechanisms
from codeact_lsp.sandbox.tiers import Tier

LIMIT = Path("/proc/sys/user/max_user_namespaces")
python = Interpreter(Path(sys.executable), "the test's own")

def told(found):
    return found and found.text

def now():
    return {
        "looked": bool(still_lost()),
        "run": told(asyncio.run(refused(python, Tier.CONTAINED))),
        "open": told(foreseen(Tier.CONTAINED)[1]),
        "workers": str(mechanisms().bubblewrap),
    }

enough, said = LIMIT.read_text(), [now()]
LIMIT.write_text("0")
said.append(now())
lost()  # As a worker does that has not started.
said.append(now())
LIMIT.write_text(enough)
said.append(now())
print(json.dumps(said))
"""


_STARTING = """
import asyncio, json, sys, tempfile
from pathlib import Path
from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.executors.protocol import Call
from codeact_lsp.engine.outcomes.outcome import Outcome
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.lasting import still_lost
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import mechanisms

async def ended(folder):
    executor = LocalExecutor(Interpreter(Path(sys.executable), "the test's own"))
    policy = preset(Level.STRICT, folder)
    with tempfile.TemporaryFile() as blob:
        text, file = "def a(): return 1", folder / "it.plan.py"
        call = Call(node="a", text=text, file=file, blob=blob.fileno(), policy=policy)
        async for told in executor.start(call):
            if isinstance(told, Outcome):
                said = told.error and told.error.message
    await executor.close()
    return said

mechanisms()
with tempfile.TemporaryDirectory() as folder:
    said = [asyncio.run(ended(Path(folder)))]
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    said += [bool(still_lost()), asyncio.run(ended(Path(folder))), bool(still_lost())]
print(json.dumps(said))
"""


def test_a_limit_that_is_set_while_a_server_runs_is_named_once_a_worker_has_not_started(
    tmp_path: Path,
) -> None:
    said = said_in_its_own(tmp_path, sys.executable, "-c", _CHANGING)
    before, unnoticed, noticed, after = json.loads(said)
    assert before == unnoticed == after
    assert (before["looked"], before["run"], before["open"]) == (False, None, None)
    assert noticed["looked"]
    assert "bubblewrap does not work" in noticed["run"]
    assert "user.max_user_namespaces=15000" in noticed["run"]
    assert noticed["open"] == noticed["run"]
    # None is ever started with less than the others.
    assert noticed["workers"] == before["workers"] == "/usr/bin/bwrap"


def test_a_worker_that_does_not_start_any_more_says_why_and_blames_no_python(
    tmp_path: Path,
) -> None:
    said = said_in_its_own(tmp_path, sys.executable, "-c", _STARTING)
    before, doubted, after, doubted_then = json.loads(said)
    assert (before, doubted, doubted_then) == (None, False, True)
    assert after.startswith("The worker cannot run: bubblewrap does not work any more (")
    assert after.endswith("run the plan again to be told what helps")
