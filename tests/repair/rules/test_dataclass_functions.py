"""A function of `dataclasses` that is asked of the object."""

import pytest

from codeact_lsp.repair.rules.dataclass_functions import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import dataclasses\n"
                "\n"
                "@dataclasses.dataclass\n"
                "class Item:\n"
                "    name: str\n"
                "    price: float\n"
                "\n"
                'def a(): return Item("pen", 1.5).asdict()\n'
            ),
            'Item("pen", 1.5).asdict()',
            'dataclasses.asdict(Item("pen", 1.5))',
        ),
        (
            (
                "from dataclasses import dataclass, replace\n"
                "\n"
                "@dataclass\n"
                "class Item:\n"
                "    name: str\n"
                "    price: float\n"
                "\n"
                'def a(): return Item("pen", 1.5)._replace(price=2.0).price\n'
            ),
            'Item("pen", 1.5)._replace(price=2.0)',
            'replace(Item("pen", 1.5), price=2.0)',
        ),
        (
            (
                "from dataclasses import asdict, dataclass\n"
                "\n"
                "@dataclass\n"
                "class Item:\n"
                "    name: str\n"
                "    price: float\n"
                "\n"
                'def a(): return Item("pen", 1.5).to_dict()\n'
            ),
            'Item("pen", 1.5).to_dict()',
            'asdict(Item("pen", 1.5))',
        ),
    ],
)
async def test_the_function(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    pass\n\ndef a(): return A().asdict()\n",
        (
            "from dataclasses import dataclass\n"
            "\n"
            "@dataclass\n"
            "class Item:\n"
            "    name: str\n"
            "    price: float\n"
            "\n"
            'def a(): return Item("pen", 1.5).asdict\n'
        ),
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_it_needs_is_imported(bench: Bench) -> None:
    text = (
        "from dataclasses import dataclass\n"
        "\n"
        "@dataclass\n"
        "class Item:\n"
        "    name: str\n"
        "    price: float\n"
        "\n"
        'def a(): return Item("pen", 1.5).model_dump()\n'
    )
    fix, *_ = await bench.fixes(text)
    mended = fix.edit.apply(text)
    assert "from dataclasses import asdict" in mended
    assert mended.endswith('return asdict(Item("pen", 1.5))\n')
