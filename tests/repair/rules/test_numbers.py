"""A text that is no number as it stands."""

import pytest

from codeact_lsp.repair.rules.numbers import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_marks_between_the_thousands(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "1,200.50") -> object:
            return float(text)
        """,
        'Write \'text.replace(",", "")\'',
        """
        def a(text: str = "1,200.50") -> object:
            return float(text.replace(",", ""))
        """,
    )


async def test_a_currency(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "$12") -> object:
            return float(text)
        """,
        "Write 'text.lstrip(\"$\")'",
        """
        def a(text: str = "$12") -> object:
            return float(text.lstrip("$"))
        """,
    )


async def test_a_comma_for_the_point(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "1.200,5") -> object:
            return float(text)
        """,
        'Write \'text.replace(".", "").replace(",", ".")\'',
        """
        def a(text: str = "1.200,5") -> object:
            return float(text.replace(".", "").replace(",", "."))
        """,
    )


async def test_a_whole_number_with_a_point(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "3.0") -> object:
            return int(text)
        """,
        "Write 'int(float(text))'",
        """
        def a(text: str = "3.0") -> object:
            return int(float(text))
        """,
    )


async def test_a_number_in_base_16(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "0x1f") -> object:
            return int(text)
        """,
        "Write 'int(text, 16)'",
        """
        def a(text: str = "0x1f") -> object:
            return int(text, 16)
        """,
    )


async def test_nothing(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(text: str = "") -> object:
            return float(text)
        """,
        "Write 'float(text or 0)'",
        """
        def a(text: str = "") -> object:
            return float(text or 0)
        """,
    )


async def test_to_another_base(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "1f") -> object:
            return int(text)
        """,
        "int(text)",
        "int(text, 16)",
    )


async def test_a_fraction(bench: Bench) -> None:
    await bench.check_first(
        """
        from fractions import Fraction

        def a(text: str = "1/2") -> object:
            return float(text)
        """,
        "float(text)",
        "float(Fraction(text))",
    )


async def test_among_words(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "5 apples") -> object:
            return int(text)
        """,
        "int(text)",
        "int(text.split()[0])",
    )


async def test_commas_that_were_made_of_points(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "120,5") -> float:
            return float(text.replace(".", ",") or 0)
        """,
        '(".", ",")',
        '(",", ".")',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('no number')\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_whole_number_with_a_point_at_the_end_of_a_line(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(lines: list[str] = ["3.0\\n"]) -> object:
            return [int(line) for line in lines]
        """,
        "int(line)",
        "int(float(line))",
    )


async def test_numbers_that_blanks_divide_are_not_one_for_sure(bench: Bench) -> None:
    best = await bench.check_first(
        """
        def a(text: str = "1 2") -> object:
            return float(text)
        """,
        "float(text)",
        'float(text.replace(" ", ""))',
    )
    assert not best.preferred


@pytest.mark.parametrize(
    ("seen", "old", "new"),
    [
        ("1,234.50", "Decimal(text)", 'Decimal(text.replace(",", ""))'),
        ("1.5,", "float(text)", 'float(text.strip(" ,"))'),
    ],
)
async def test_marks_that_are_no_part_of_it(bench: Bench, seen: str, old: str, new: str) -> None:
    text = f"from decimal import Decimal\n\ndef a(text={seen!r}): return str({old})\n"
    await bench.check_first(text, old, new)


async def test_a_comma_before_the_fraction(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from decimal import Decimal

        def a(cell: str = "1.299,50") -> str:
            return str(Decimal(cell.replace(".", "")))
        """,
        """
        from decimal import Decimal

        def a(cell: str = "1.299,50") -> str:
            return str(Decimal(cell.replace(".", "").replace(",", ".")))
        """,
    )
