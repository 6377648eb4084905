"""The garbage collector looks at what stays once, and at all of it when nobody waits."""

import subprocess
import sys

import pytest

KEPT = """
kept = [[] for _ in range(500_000)]
"""
ONE_LOOK = """
memory.collect_in_small()
looked = []
gc.callbacks.append(lambda phase, info: looked.append(phase) if info["generation"] == 2 else None)
more = [[] for _ in range(100_000)]
assert looked.count("stop") > 1, looked
assert gc.get_freeze_count() > 600_000 - 50_000, gc.get_freeze_count()
"""
GARBAGE = """
class Cycle:
    def __init__(self):
        self.me = self

memory.collect_in_small()
cycle = Cycle()
gc.collect()
gone = weakref.ref(cycle)
del cycle
gc.collect()
assert gone() is not None
memory.collect_all()
assert gone() is None
"""
LASTING = """
with memory.for_long():
    made = [[] for _ in range(1_000)]
    assert not gc.isenabled()
assert gc.isenabled()
assert gc.get_freeze_count() > 1_000
"""


@pytest.mark.parametrize(
    "script", [KEPT + ONE_LOOK, GARBAGE, LASTING], ids=["one-look", "garbage", "lasting"]
)
def test_it_holds_in_a_process_of_its_own(script: str) -> None:
    begin = "import gc, weakref\nfrom codeact_lsp.server import memory\n"
    subprocess.run([sys.executable, "-c", begin + script], check=True, timeout=60)
