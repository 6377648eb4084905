"""NumPy and pandas read the clock where nothing can watch them: the plan's text tells."""

from pathlib import Path

import pytest

from codeact_lsp.engine.reuse.native_clock import native_clock
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan
from tests.engine.running import run_plan


def seen(expression: str) -> list[str]:
    """What is found in a helper that a node calls."""
    text = f"def _when(): return {expression}\n\ndef a(): return _when()\n\ndef b(): return 1\n"
    plan = Plan.from_text(f"import numpy as np\nimport pandas as pd\n\n{text}")
    assert native_clock(plan, "b") == ()
    return [effect.detail for effect in native_clock(plan, "a")]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("np.datetime64('now')", ["datetime64('now')"]),
        ("datetime64('today', 'D')", ["datetime64('today')"]),
        ("pd.to_datetime('now', utc=True)", ["to_datetime('now')"]),
        ("pd.to_datetime(['2026-01-01', 'now'])", ["to_datetime('now')"]),
        ("pd.date_range(end='today', periods=3)", ["date_range('today')"]),
        ("np.array(['now'], dtype='datetime64[s]')", ["array('now')"]),
        ("np.asarray(['now'], np.dtype('M8[s]'))", ["asarray('now')"]),
    ],
)
def test_a_word_for_the_present_that_becomes_a_moment_is_found(
    expression: str, found: list[str]
) -> None:
    assert seen(expression) == found


@pytest.mark.parametrize(
    "expression",
    [
        "np.datetime64('2026-11-26')",
        "np.array(['now', 'then'])",
        "print('now')",
        "pd.to_datetime({'now': 1})",
        "'now'",
    ],
)
def test_a_word_that_stays_one_is_nothing(expression: str) -> None:
    assert seen(expression) == []


@pytest.mark.e2e
@pytest.mark.asyncio(loop_scope="module")
async def test_its_value_is_not_reused_and_says_so(engine: Engine, tmp_path: Path) -> None:
    text = "import numpy as np\n\ndef a(): return str(np.datetime64('now'))\n"
    first = await run_plan(engine, tmp_path, text)
    assert [(each.kind, each.detail) for each in first.results["a"].effects] == [
        ("clock", "datetime64('now')")
    ]
    again = await run_plan(engine, tmp_path, text)
    assert again.why("a") == "it used the clock when it ran: say Cache: on to reuse its value"
