"""The demo that the README promises, as its reader starts it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e
DEMO = Path(__file__).parents[2] / "examples" / "demo.py"


def test_the_demo_runs_breaks_and_repairs_a_plan() -> None:
    ended = subprocess.run(
        [sys.executable, DEMO], capture_output=True, text=True, check=False, timeout=100
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "KeyError: 'ammount'" in ended.stdout
    assert "★ Rename 'ammount' to 'amount': runs, 3 of 3 downstream pass" in ended.stdout
    assert "2 of 5 regions grew in 2026-10" in ended.stdout
