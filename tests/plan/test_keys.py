"""Code keys: which nodes an edit concerns, and which it leaves alone."""

import ast
from itertools import permutations
from pathlib import Path

import pytest

from codeact_lsp.plan import Plan
from tests.carets import dedent
from tests.plan.hostile import module_text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.plan.py"))

MODULE = dedent(
    '''
    """The task."""
    import math
    from statistics import mean

    RATE = 2
    LIMIT = 3
    SIZE = 4
    _TABLE = {"a": 1}
    _TABLE["b"] = LIMIT

    class _Row:
        """A row."""
        scale = SIZE

    def _deep(x, power=1):
        """Far down."""
        return x * RATE ** power

    def _helper(x):
        return _deep(x)

    def a(x: int = 1) -> int:
        """Do a.

        Timeout: 30 s
        """
        return _helper(x)  # why

    def b(a):
        return mean([a, len(_TABLE)])

    def c(RATE, *, b=None):
        LIMIT, math = 1, 2
        _deep = lambda _helper: _helper
        return [mean for mean in (RATE, LIMIT, math, _deep(b))]

    async def d(c):
        return _Row.scale, math.pi
    '''
)


def changed(before: str, after: str) -> set[str]:
    """The nodes whose key differs, or that only one of the two plans has."""
    old, new = Plan.from_text(before).code_keys, Plan.from_text(after).code_keys
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}


def check_changed(old: str, new: str, *names: str, module: str = MODULE) -> None:
    assert module.count(old) == 1, "an edit has one place"
    after = module.replace(old, new)
    assert Plan.from_text(after).document.pieces[0].issue is None
    assert changed(module, after) == set(names)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""The task."""', '"""Another\n\ntask."""'),
        ('"""The task."""\n', ""),
        ("# why", "# because"),
        ("import math\n", "# maths\nimport math  # here\n"),
        ("Do a.", "Do something else."),
        ("Timeout: 30 s", "Timeout: 60 s"),
        ('        """Far down."""\n'[4:], ""),
        ('"""A row."""', "'Rows, with more words.'"),
        ("(x: int = 1)", "(\n        x: int=0x1,  # one\n)"),
        ("return x * RATE ** power", "return (x * (RATE ** power));"),
        ("return x * RATE", "\n    # deep\n\n    return x \\\n        * RATE"),
        ('"b"', "'''b'''"),
        ('"b"', "u'b'"),
        ("LIMIT = 3", "LIMIT = 0b11"),
        ("len(_TABLE)", "len(\n_TABLE,)"),
    ],
)
def test_words_and_layout_change_no_key(old: str, new: str) -> None:
    check_changed(old, new)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("return _helper(x)", "return _helper(x) + 1", "a"),
        ("x: int = 1", "x: int = 2", "a"),
        ("x: int = 1", "x: float = 1", "a"),
        (") -> int:", ") -> float:", "a"),
        ("def a(", "@print\ndef a(", "a"),
        ("async def d", "def d", "d"),
        ("def d(c)", "def d(e)", "d"),
        ("def d(c)", "def e(c)", "d e"),
        ("return _deep(x)", "return _deep(x, 2)", "a"),
        ("power=1", "power=2", "a"),
        ("RATE ** power", "RATE * power", "a"),
        ("RATE = 2", "RATE = 3", "a"),
        ("SIZE = 4", "SIZE = 5", "d"),
        ("scale = SIZE", "scale = SIZE * 2", "d"),
        ("import math", "import cmath as math", "d"),
        ("import mean", "import median as mean", "b"),
        ("from statistics", "from numpy", "b"),
        ('{"a": 1}', '{"a": 2}', "b"),
        ('_TABLE["b"] = LIMIT', '_TABLE["c"] = LIMIT', "b"),
        ('_TABLE["b"] = LIMIT\n', "", "b"),
        ("LIMIT = 3", "LIMIT = 4", "b"),
        ("LIMIT, math = 1, 2", "LIMIT, math = 1, 3", "c"),
    ],
)
def test_a_change_concerns_the_nodes_that_reach_it(old: str, new: str, names: str) -> None:
    check_changed(old, new, *names.split())


@pytest.mark.parametrize(
    ("added", "names"),
    [
        ("UNRELATED = 1\n", ""),
        ("def _unrelated(RATE): return LIMIT\n", ""),
        ("def e(a, b, c): return RATE\n", "e"),
        ("import os\nfrom pathlib import Path\n", ""),
        ("UNRELATED = {}\nUNRELATED[LIMIT_] = 1\n", ""),
        ("_TABLE.update(c=1)\n", "b"),
        ("del _TABLE['a']\n", "b"),
        ("_Row.scale = 3\n", "d"),
        ("_Row.scale += 3\n", "d"),
        ("for _Row.scale in range(3): pass\n", "d"),
        ("if UNKNOWN: _TABLE.clear()\n", "b"),
        ("RATE += 1\n", "a"),
        ("RATE = 2\n", "a"),
        ("def _deep(x): return x\n", "a"),
        ("def _set():\n    global RATE\n    RATE = 1\n", "a"),
        ("def a(y): return y\n", "a"),
        ("exec('RATE = 1')\n", "a b c d"),
        ("from os import *\n", "a b c d"),
    ],
)
def test_a_new_statement_concerns_the_nodes_that_it_can_touch(added: str, names: str) -> None:
    assert changed(MODULE, MODULE + added) == set(names.split())


def test_an_alias_is_touched_with_what_it_stands_for() -> None:
    module = "A = []\nB = A\nB.append(1)\nC = []\nC.append(2)\nB.append(C)\ndef a(): return A\n"
    check_changed("append(1)", "append(3)", "a", module=module)
    check_changed("append(2)", "append(3)", "a", module=module)


def test_what_registers_itself_is_reached_through_the_registry() -> None:
    module = dedent(
        """
        from functools import cache, singledispatch
        READERS = {}
        def _reader(function):
            READERS[function.__name__] = function
            return function
        @_reader
        def _csv(): return 1
        @singledispatch
        def _show(value): return ""
        @_show.register
        def _(value: int): return "int"
        class _Base: ...
        class _Part(_Base): size = 2
        @cache
        def _cached(): return 3
        def read(kind): return READERS[kind]()
        def show(value): return _show(value)
        def parts(): return _Base.__subclasses__()
        @cache
        def other(): return 4
        """
    )
    check_changed("return 1", "return 10", "read", module=module)
    check_changed('return "int"', 'return "number"', "show", module=module)
    check_changed("size = 2", "size = 20", "parts", module=module)
    check_changed("return 3", "return 30", module=module)
    check_changed("return 4", "return 40", "other", module=module)


def test_what_an_annotation_names_in_a_text_is_reached() -> None:
    module = dedent(
        """
        from datetime import date
        class _Part: size = 1
        class _Whole:
            parts: list["_Part"]
        def starts(day: "date | None", kind: Literal["_Part"] = ""): return day
        def makes() -> "dict[str, '_Whole']": return {}
        """
    )
    check_changed("import date", "import datetime as date", "starts", module=module)
    check_changed("size = 1", "size = 2", "makes", module=module)
    assert "import date" in Plan.from_text(module).program("starts")


def test_what_is_registered_with_something_imported_concerns_all_nodes() -> None:
    module = dedent(
        """
        import pandas as pd
        from attrs import define
        @pd.api.extensions.register_dataframe_accessor("area")
        class _Area: size = 1
        @define
        class _Row: size = 3
        @_Row.register(pd.DataFrame)
        class _Table: size = 5
        def total(orders): return orders.area.size
        """
    )
    check_changed("size = 1", "size = 2", "total", module=module)
    check_changed("size = 3", "size = 4", module=module)
    check_changed("size = 5", "size = 6", module=module)


def test_the_order_of_definitions_changes_nothing() -> None:
    parts = ["A = 1", "def _b(): return A", "from x import y", "def c(): return _b(), y, A"]
    keys = {Plan.from_text("\n".join(order)).code_keys["c"] for order in permutations(parts)}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A = 1", "A = 2"),
        ("A.x = 1", "A.x = 2"),
        ("A = 1", "class A: ..."),
        ("import A", "from b import A"),
        ("from b import *", "A = 1"),
        ("def _set(x=C[0]):\n    global A\n    A = x", "C[0] = 2"),
        ("B = C[0]", "C[0] = 2"),
    ],
)
def test_the_order_of_what_binds_anew_or_acts_matters(one: str, other: str) -> None:
    node = "def a(): return A, B\n"
    assert changed(f"C = [1]\n{one}\n{other}\n{node}", f"C = [1]\n{other}\n{one}\n{node}") == {"a"}


def test_recursion_and_cycles_end() -> None:
    module = "def a(): return _b()\ndef _b(): return a() + _c()\ndef _c(): return _b() * 2\n"
    check_changed("* 2", "* 3", "a", module=module)


def test_broken_code_changes_the_keys_of_what_reached_it_only() -> None:
    broken = MODULE.replace("def _helper(x):", "def _helper(x:")
    assert changed(MODULE, broken) == {"a"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_rewriting_a_plan_in_another_layout_changes_no_key(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert changed(text, ast.unparse(ast.parse(text))) == set()


@pytest.mark.parametrize("name", ["dataclasses", "doctest", "tokenize"])
def test_rewriting_real_code_in_another_layout_changes_no_key(name: str) -> None:
    text = module_text(name)
    assert Plan.from_text(text).code_keys
    assert changed(text, ast.unparse(ast.parse(text))) == set()


def test_an_assignment_whose_call_changes_something_belongs_to_what_it_changes() -> None:
    text = """
CONFIG = {"a": 0}
_ = CONFIG.update(a=1)

def reads(): return CONFIG["a"]

def other(): return 2
"""
    before, after = Plan.from_text(text), Plan.from_text(text.replace("a=1", "a=2"))
    assert "CONFIG.update" in before.program("reads")
    assert before.code_keys["reads"] != after.code_keys["reads"]
    assert before.code_keys["other"] == after.code_keys["other"]


def test_a_call_whose_value_is_thrown_away_can_concern_all_nodes() -> None:
    module = "import dotenv\n_ = dotenv.load_dotenv('a.env')\ndef node(): return 1\n"
    check_changed("a.env", "b.env", "node", module=module)
