"""An import that failed: what has come for it is made of the next one like it."""

from collections.abc import Sequence

import pytest

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan, Span
from codeact_lsp.repair.memory.pattern import Pattern, learnt
from codeact_lsp.repair.memory.places import changes
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import together

USE = "\n\n\ndef f(x):\n    return x\n"


def scene(line: str, error: str, rest: str = USE) -> Scene:
    """The failure of a plan's import."""
    plan, span = Plan.from_text(line + rest), Span(0, len(line))
    return Scene(plan, CodeError("f", error, "No module named 'money'", "import", span), span)


def known(before: str, after: str, error: str = "ModuleNotFoundError") -> Sequence[Pattern]:
    """What is learnt where one import has come for another."""
    return list(learnt(scene(before, error), Plan.from_text(after + USE)))


def mended(patterns: Sequence[Pattern], line: str, rest: str = USE) -> Sequence[str]:
    """What becomes of another plan whose import fails."""
    failed = scene(line, patterns[0].error, rest)
    found = (change for each in patterns for change in changes(each, failed))
    return [together(failed, *each.parts).apply(line + rest) for each in found]


@pytest.mark.parametrize(
    ("line", "new"),
    [
        ("from money import to_euro", "from currency import to_euro"),
        ("from money import rounded as r, cents", "from currency import rounded as r, cents"),
        ("import money as m", "import currency as m"),
        ("from money.old import to_euro", None),
        ("from monetary import to_euro", None),
        ("import monetary", None),
    ],
)
def test_a_module_that_has_another_name_is_imported_by_that(line: str, new: str | None) -> None:
    patterns = known("from money import to_euro", "from currency import to_euro")
    assert [(each.before, each.after) for each in patterns] == [("import money", "import currency")]
    assert mended(patterns, line) == ([new + USE] if new else [])


def test_where_the_whole_name_is_used_it_is_changed_too() -> None:
    patterns = known("import shop.money", "import shop.currency")
    rest = "\n\n\ndef f(x):\n    return shop.money.cents(x)\n"
    assert mended(patterns, "import shop.money", rest) == [
        "import shop.currency" + rest.replace("shop.money", "shop.currency")
    ]


@pytest.mark.parametrize(
    ("line", "new"),
    [
        ("from shop import euro", "from shop.currency import to_euro as euro"),
        ("from shop import euro as e", "from shop.currency import to_euro as e"),
        ("from shop import cents", None),
        ("from stall import euro", None),
        ("from shop import euro, cents", None),
    ],
)
def test_a_name_that_has_gone_elsewhere_is_imported_from_there(line: str, new: str | None) -> None:
    after = "from shop.currency import to_euro as euro"
    patterns = known("from shop import euro", after, "ImportError")
    assert mended(patterns, line) == ([new + USE] if new else [])


def test_nothing_is_learnt_of_an_import_that_is_as_it_was_or_gone() -> None:
    assert known("from money import to_euro", "from money import to_euro") == []
    assert known("from money import to_euro", "import json") == []
    assert known("import money", "import json\nimport csv") == []


def test_a_pattern_of_an_import_fits_no_code() -> None:
    plan = Plan.from_text("import json\n\n\ndef f(x):\n    return x.y\n")
    span = Span(35, 38)
    failed = Scene(plan, CodeError("f", "ModuleNotFoundError", "", "user", span), span)
    (pattern,) = known("import money", "import currency")
    assert list(changes(pattern, failed)) == []
