"""What the names in an annotation stand for, which the rest of the plan decides."""

import pytest

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.annotations import Names, mismatch, names_of
from codeact_lsp.plan.annotations.reading import term
from codeact_lsp.plan.annotations.terms import UNKNOWN


def names(text: str) -> Names:
    return names_of(Plan.from_text(text).document.pieces)


@pytest.mark.parametrize(
    ("module", "annotation"),
    [
        ("import pandas", "pandas.DataFrame"),
        ("import pandas as pd", "pd.DataFrame"),
        ("import pandas.core.frame as frame", "frame.DataFrame"),
        ("import pandas.core.frame", "pandas.core.frame.DataFrame"),
        ("from pandas import DataFrame", "DataFrame"),
        ("from pandas import DataFrame as Table", "Table"),
        ("from pandas import (\n    DataFrame,\n    Series,\n)", "DataFrame"),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas as pd",
            "'pd.DataFrame'",
        ),
        ("try:\n    import pandas as pd\nexcept ImportError:\n    raise", "pd.DataFrame"),
        ("with watched('import'):\n    import pandas as pd", "pd.DataFrame"),
        ("import pandas as pd; Table = pd.DataFrame", "Table"),
        ("import pandas as pd\nTable = Frame = pd.DataFrame", "Frame"),
        ("import pandas as pd\nclass Table(pd.DataFrame): ...", "Table"),
        ("import pandas as pd\nimport pandas as pd", "pd.DataFrame"),
        ("import pandas as pd\r\nimport numpy as np\r\n", "pd.DataFrame"),
        ("import pandas as pd\ndef broken(:\n", "pd.DataFrame"),
        ("if x: ...\n" + "elif x: ...\n" * 90 + "else: import pandas as pd", "pd.DataFrame"),
    ],
)
def test_a_name_stands_for_what_the_plan_binds_it_to(module: str, annotation: str) -> None:
    assert mismatch(annotation, "list[int]", names(module))


@pytest.mark.parametrize(
    "module",
    [
        "def list(): ...",
        "class list(Unknown): ...",
        "list = load()",
        "list: type = load()",
        "list, other = load()",
        "import list",
        "from somewhere import list",
        "from .somewhere import list",
        "from somewhere import *",
        "for list in load(): ...",
        "with load() as list: ...",
        "try: ...\nexcept ValueError as list: ...",
        "if (list := load()): ...",
        "def _set():\n    global list\n    list = load()",
        "if debug:\n    class list: ...\nelse:\n    list = load()",
        "def list(:\n",
    ],
)
def test_a_builtin_that_the_plan_hides_is_unknown(module: str) -> None:
    assert term("list", names(module)) == UNKNOWN


@pytest.mark.parametrize(
    "module",
    [
        "try:\n    import pandas as pd\nexcept ImportError:\n    pd = None",
        "import pandas as pd\nimport modin.pandas as pd",
        "import pandas as pd\ndef pd(): ...",
        "import pandas as pd\ndel pd",
        "import pandas as pd\nfrom everywhere import *",
    ],
)
def test_a_name_that_may_stand_for_several_things_is_unknown(module: str) -> None:
    assert term("pd.DataFrame", names(module)) == UNKNOWN


@pytest.mark.parametrize(
    "module",
    [
        "A = A",
        "A = list[B]\nB = list[A]",
        "class A(A): ...",
        "class A(B): ...\nclass B(A): ...",
        "class A(list['A']): ...",
        "A0 = int\n"
        + "".join(f"A{n + 1} = tuple[A{n}, A{n}, A{n}]\n" for n in range(60))
        + "A = A60",
        "A = " + "list[" * 90 + "int" + "]" * 90,
        "A = " + " | ".join(f"list[int | {n}]" for n in range(80)),
    ],
)
def test_a_name_that_leads_to_itself_or_too_far_is_no_trouble(module: str) -> None:
    assert mismatch("A", "A", names(module)) is None


def test_typing_extensions_gives_what_typing_has() -> None:
    module = "if new:\n    from typing import {0}\nelse:\n    from typing_extensions import {0}\n"
    assert mismatch("Literal['a']", "int", names(module.format("Literal")))


def test_what_edits_leave_alone_is_shared() -> None:
    text = "import pandas as pd\n\ndef a() -> int:\n    return 1\n"
    plan = Plan.from_text(text)
    edited = plan.edited(Span(len(text), len(text)), "\ndef b(a: int): ...\n")
    assert names_of(plan.document.pieces) is names_of(edited.document.pieces)
    other = plan.edited(Span(0, 0), "import numpy\n")
    assert names_of(plan.document.pieces) is not names_of(other.document.pieces)
