"""A name that nobody imported."""

import pytest

from codeact_lsp.repair.rules.unimported import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_module(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return json.loads("1")
        """,
        "Add 'import json'",
        """
        import json

        def a() -> object:
            return json.loads("1")
        """,
    )


async def test_a_member_of_a_module(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return Path("x.csv").suffix
        """,
        "Add 'from pathlib import Path'",
        """
        from pathlib import Path

        def a() -> object:
            return Path("x.csv").suffix
        """,
    )


async def test_a_member_of_a_module_that_is_imported(bench: Bench) -> None:
    await bench.check_fix(
        """
        import math

        def a() -> object:
            return log2(math.pi)
        """,
        "Write 'math.log2'",
        """
        import math

        def a() -> object:
            return math.log2(math.pi)
        """,
    )


async def test_a_custom(bench: Bench) -> None:
    await bench.check_fix(
        """
        import json

        def a() -> object:
            return float(np.mean([1, 3]))
        """,
        "Add 'import numpy as np'",
        """
        import json
        import numpy as np

        def a() -> object:
            return float(np.mean([1, 3]))
        """,
    )


async def test_what_python_has_by_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 3) -> object:
            return math.max(n, 1)
        """,
        "math.max",
        "max",
    )


async def test_a_module_whose_import_is_mistyped_and_that_is_not_looked_into(
    bench: Bench,
) -> None:
    await bench.check_first(
        """
        import os
        import posixpth

        def a() -> bool:
            return os.path is posixpath
        """,
        "import posixpth",
        "import posixpath",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return no_such_thing\n",
        "import json\n\ndef a(): return json.no\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_an_import_of_a_module_that_there_is_not(bench: Bench) -> None:
    text = "import jsson\n\ndef a():\n    return json.loads('[1]')\n"
    fix = await bench.check_first(text, "import jsson", "import json")
    assert fix.preferred


async def test_a_part_of_a_package(bench: Bench) -> None:
    text = "def a():\n    return urllib.parse.quote('a b')\n"
    await bench.check_first(text, "def a()", "import urllib.parse\n\ndef a()")


async def test_a_module_by_a_name_of_its_own(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def a() -> object:
            return _math.floor(2.5), os.sep
        """,
        "import os\n",
        "import os\nimport math as _math\n",
    )


async def test_a_module_beside_others_of_its_package(bench: Bench) -> None:
    await bench.check_first(
        """
        from email import encoders

        def a() -> object:
            return charset.Charset("utf-8").body_encoding, encoders.__name__
        """,
        "import encoders\n",
        "import encoders\nfrom email import charset\n",
    )


async def test_a_name_beside_others_of_its_module(bench: Bench) -> None:
    await bench.check_first(
        """
        from colorsys import rgb_to_hls

        def a() -> object:
            return rgb_to_hls(0, 0, 0), rgb_to_yiq(0, 0, 0)
        """,
        "import rgb_to_hls\n",
        "import rgb_to_hls\nfrom colorsys import rgb_to_yiq\n",
    )


async def test_a_name_of_a_module_that_is_seldom_used(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def a() -> object:
            return get_close_matches("teh", ["the", "a"]), os.sep
        """,
        "import os\n",
        "import os\nfrom difflib import get_close_matches\n",
    )


async def test_a_module_by_a_short_name(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def a() -> object:
            return m.floor(2.5), m.log2(8), os.sep
        """,
        "import os\n",
        "import os\nimport math as m\n",
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            ('import json\n\ndef a(): return parse.quote("a b")\n'),
            "import json\n",
            ("import json\nfrom urllib import parse\n"),
        ),
    ],
)
async def test_a_module_of_a_package(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


async def test_imported_before_what_fails_where_a_plan_imports_at_its_end(bench: Bench) -> None:
    text = """
        import json

        MARK = re.compile("a+")

        def a(text: str = "aab") -> object:
            return json.dumps(MARK.findall(text)), atexit

        import atexit
    """
    best, *_ = await bench.fixes(text.replace(", atexit", ""))
    assert best.edit.new.strip() == "import re"
    assert best.edit.apply(plain(text)).index("import re") < plain(text).index("MARK")


async def test_from_a_module_within_a_package_that_the_plan_imports(bench: Bench) -> None:
    best, *_ = await bench.fixes(
        """
        import networkx as nx

        @py_random_state(0)
        def _drawn(seed: object) -> float:
            return nx.Graph().number_of_nodes() + seed.random()

        def a() -> bool:
            return _drawn(1) > 0
        """
    )
    assert best.edit.new.strip() == "from networkx.utils.decorators import py_random_state"


async def test_not_from_a_package_where_the_name_is_misspelt(bench: Bench) -> None:
    best, *_ = await bench.fixes(
        """
        import networkx as nx

        def _drawn(random_state: int) -> float:
            return nx.Graph().number_of_nodes() + randm_state

        def a() -> bool:
            return _drawn(1) > 0
        """
    )
    assert best.label == "Rename 'randm_state' to 'random_state'"


async def test_of_a_module_where_the_result_is_called_as_its_function_is(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(text: str = "tea") -> str:
            match = match("t", text)
            return match.group()
        """,
        "= match(",
        "= re.match(",
    )


async def test_a_private_name_of_a_module_of_which_others_are_taken(bench: Bench) -> None:
    await bench.check_first(
        """
        from textwrap import dedent

        def a(text: str = " b") -> str:
            return dedent(text) + _whitespace
        """,
        "import dedent",
        "import dedent\nfrom textwrap import _whitespace",
    )


async def test_what_is_given_back_is_a_variable_before_it_is_a_function_of_a_module(
    bench: Bench,
) -> None:
    await bench.check_first(
        """
        def a(rows: list[int] = [2, 1]) -> list[int]:
            people = []
            for row in rows:
                people.append(row)
            return final
        """,
        "return final",
        "return people",
    )


async def test_a_value_that_is_compared_is_no_function_of_a_module(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(text: str = "tea") -> bool:
            return check != {"t"}
        """
    )
    assert not any(fix.preferred for fix in fixes)
