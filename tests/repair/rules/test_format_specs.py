"""The form of a value in a text, written in a way that Python does not read."""

import pytest

from codeact_lsp.repair.rules.format_specs import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('f"{n:,2f} EUR"', 'f"{n:,.2f} EUR"'),
        ('f"{n:>12,2f}"', 'f"{n:>12,.2f}"'),
        ('f"{n:.2,f}"', 'f"{n:,.2f}"'),
        ('f"is {n:$,.2f}"', 'f"is ${n:,.2f}"'),
        ('f"{n:.1f%}"', 'f"{n:.1f}%"'),
        ('"{:,2f}".format(n)', '"{:,.2f}".format(n)'),
        ("""'{"n": "{}"}'.format(n)""", """'{{"n": "{}"}}'.format(n)"""),
    ],
)
async def test_the_form_that_is_read(bench: Bench, written: str, meant: str) -> None:
    fix = await bench.check_first(f"def a(n=1234.5): return {written}\n", written, meant)
    assert fix.preferred


async def test_nothing_in_a_form_for_numbers(bench: Bench) -> None:
    await bench.check_hides(
        'def a(n=None): return f"{n:.2f}"\n',
        "Write 'f\"{n or 0:.2f}\"'",
        'def a(n=None): return f"{n or 0:.2f}"\n',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(n=1.5): return f'{n:zz}'\n",
        "def a(n=1.5): return '{m}'.format(n=n)\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("value", "spec", "kind"),
    [("7", "03d", "int"), ("7", ",.2f", "float"), ("0.5", ".0%", "float")],
)
async def test_a_text_that_is_a_number(bench: Bench, value: str, spec: str, kind: str) -> None:
    text = f'def a(n: str = "{value}") -> str: return f"{{n:{spec}}}"\n'
    await bench.check_first(text, "{n:", f"{{{kind}(n):")
