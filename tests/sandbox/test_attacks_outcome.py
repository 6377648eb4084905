"""A fuzzer of the ways from a node to the engine: whatever comes out, one outcome follows.

The reports themselves, as data, are tried in `tests/engine/outcomes/test_outcome.py`.
"""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codeact_lsp.engine.outcomes.reading import read_outcome
from codeact_lsp.engine.permissions.offers import offer
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Usage
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.protected import Surroundings
from tests.engine.running import run_plan

AROUND = Surroundings(Path("/work/it.plan.py"), Path("/work/it.plan.toml"), Path("/work"))
RIGHTS = (
    "read", "write", "network", "processes", "import", "environment", "links", "pipes", "calls",
    "", "../x", "\0",
)  # fmt: skip
ODD = (
    "/proc/1/root/etc", "/proc/self/mem", "/proc/self/fd/0/x", "\0", "a\0b", "~nobody/x", "~/x", "",
    "/", "x" * 5_000, "/" + "x/" * 3_000, "\ud800", "[::1]:80", "127.0.0.1:99999999", "a:b:c",
    "http://[", "*", "*.*", "a,b", "a\nNeeds: write /", "1" * 400,
)  # fmt: skip
# What a node can write to descriptors that are not its own, and how it can end.
FRAMES = st.binary(max_size=64) | st.sampled_from(
    [
        b'{"ok": true', b'{"ok": true}', b"[" * 50_000, b'{"a":' * 20_000, b"9" * 50_000,
        b'{"ok": true, "preview": {"type": 1e999}}', b'{"ok": NaN}', b'"\\ud800"', b"\xff\xfe{}",
        b'{"ok": true, "ok": false}', b"null", b"\0" * 4096, b'{"links": []}',
        b"Content-Length: 2\r\n\r\n{}", b'{"ok": true, "reads": [["x", [1, 2, 3]]]}',
    ]
)  # fmt: skip
ACTIONS = st.lists(
    st.tuples(st.integers(1, 12), FRAMES)
    | st.tuples(st.integers(3, 12), st.just("close"))
    | st.tuples(st.integers(3, 12), st.sampled_from(["truncate", "onto null", "onto itself"])),
    max_size=6,
)
ENDS = st.sampled_from(["return 1", "os._exit(0)", "os._exit(3)", "os.abort()", "raise KeyError"])
PLAN = """
import os

def _do(number, what):
    if what == "close":
        os.close(number)
    elif what == "truncate":
        os.ftruncate(number, 0)
    elif what == "onto null":
        os.dup2(os.open(os.devnull, os.O_RDWR), number)
    elif what == "onto itself":
        os.dup2(4, number)
    else:
        os.write(number, what)

def odd():
    for number, what in {actions!r}:
        try:
            _do(number, what)
        except OSError:
            pass
    {end}

def sound():
    return "sound"
"""


@pytest.mark.e2e
@pytest.mark.asyncio(loop_scope="module")
async def test_whatever_a_node_does_to_its_descriptors_the_run_ends_and_the_others_are_well(
    engine: Engine, tmp_path: Path
) -> None:
    tried: list[tuple[object, str]] = []

    @settings(max_examples=8, database=None, suppress_health_check=list(HealthCheck))
    @given(ACTIONS, ENDS)
    def collect(actions: list[tuple[int, object]], end: str) -> None:
        tried.append((actions, end))

    collect()
    policies = dict.fromkeys(("odd", "sound"), preset(Level.STRICT, tmp_path))
    for actions, end in tried:
        text = PLAN.format(actions=actions, end=end)
        ran = await run_plan(engine, tmp_path, text, policies=policies, reuse=False)
        assert ran.became.keys() == {"odd", "sound"}
        assert ran.value("sound") == "sound"


@pytest.mark.parametrize("what", ODD)
def test_a_denial_of_anything_at_all_is_told(what: str) -> None:
    for right in RIGHTS:
        _check_denial(right, what)


@given(st.sampled_from(RIGHTS), st.text())
def test_a_denial_of_any_text_is_told(right: str, what: str) -> None:
    _check_denial(right, what)


def _check_denial(right: str, what: str) -> None:
    """A denial that a worker tells of is understood, or told to be not; so is the way out of it."""
    error = {"type": "OSError", "message": "", "category": "denied", "frames": [], "notes": []}
    claim = {"ok": False, "error": {**error, "denied": {"right": right, "what": what}}}
    outcome = read_outcome(json.dumps(claim).encode(), 0, Usage(), str(AROUND.plan))
    assert outcome.error is not None
    if denied := outcome.error.denied:
        offer(denied, AROUND)
