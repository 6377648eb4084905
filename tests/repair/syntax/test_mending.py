"""Code that does not parse: what is offered for it, and what is left alone."""

from textwrap import dedent

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.repair.syntax import Mend, mends


def offered(text: str) -> list[Mend]:
    """What is offered for the first statement that does not parse."""
    plan = Plan.from_text(text)
    first = plan.document.broken[0]
    issue = plan.document.pieces[first].issue
    assert issue
    return mends(plan, issue.span.shifted(plan.document.starts[first]))


ONE_WAY = {
    # Brackets.
    "total = sum(rows\n": "total = sum(rows)\n",
    "total = sum(rows))\n": "total = sum(rows)\n",
    "total = sum(rows]\n": "total = sum(rows)\n",
    "if len(rows:\n    pass\n": "if len(rows):\n    pass\n",
    "def total:\n    return 1\n": "def total():\n    return 1\n",
    "def f(rows):\n    return max(min(rows)\n": "def f(rows):\n    return max(min(rows))\n",
    "for row in sorted(set(rows:\n    pass\n": "for row in sorted(set(rows)):\n    pass\n",
    "def f(rows, k: int -> int:\n    return k\n": "def f(rows, k: int) -> int:\n    return k\n",
    "def f(rows):\n    return [(min(row) for row in rows]\n": (
        "def f(rows):\n    return [(min(row)) for row in rows]\n"
    ),
    "def f(rows):\n    return lenrows)\n": "def f(rows):\n    return len(rows)\n",
    "def frows):\n    return rows\n": "def f(rows):\n    return rows\n",
    "raise ValueError'no')\n": "raise ValueError('no')\n",
    "class A:\n    pass\n\n    def f(self, row):\n        node = A row\n        return node\n": (
        "class A:\n    pass\n\n    def f(self, row):\n        node = A(row)\n        return node\n"
    ),
    "def f(rows):\n    if len rows > 2:\n        return rows\n": (
        "def f(rows):\n    if len(rows) > 2:\n        return rows\n"
    ),
    # Colons and indentation.
    "def f(rows)\n    return rows\n": "def f(rows):\n    return rows\n",
    "while True  # for ever\n    pass\n": "while True:  # for ever\n    pass\n",
    "def f():\n    a = 1\n      return a\n": "def f():\n    a = 1\n    return a\n",
    "def f(a):\n\tif a:\n        return 1\n": "def f(a):\n    if a:\n        return 1\n",
    "def f(a):\n    if a:\n    return 1\n    return 2\n": (
        "def f(a):\n    if a:\n        return 1\n    return 2\n"
    ),
    "if ready:;\n    pass\n": "if ready:\n    pass\n",
    "class A:\ndef f(self):\n    return 1\n\ndef g(self):\n    return 2\n": (
        "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n"
    ),
    "class A:\n    def f(self):\n        a = 1\n    b = 2\n    return a + b\n": (
        "class A:\n    def f(self):\n        a = 1\n        b = 2\n        return a + b\n"
    ),
    "def f(a):\n    b = a\nreturn b\n": "def f(a):\n    b = a\n    return b\n",
    "def f(a):\n    b = a\nc = b\n    return c\n": (
        "def f(a):\n    b = a\n    c = b\n    return c\n"
    ),
    "def f(a):\n'''Add one.'''\n    return a + 1\n": (
        "def f(a):\n    '''Add one.'''\n    return a + 1\n"
    ),
    "def f():\n    with a:\n        if b:\n        c()\n    else:\n        d()\n": (
        "def f():\n    with a:\n        if b:\n            c()\n        else:\n            d()\n"
    ),
    # Commas, and what else stands between two values.
    "rows = [1 2, 3]\n": "rows = [1, 2, 3]\n",
    "rows = {\n    'a': 1\n    'b': 2,\n}\n": "rows = {\n    'a': 1,\n    'b': 2,\n}\n",
    "if a = 1:\n    pass\n": "if a == 1:\n    pass\n",
    "def f():\n    if a = 0 and b = 0:\n        c()\n    elif a = 1:\n        d()\n": (
        "def f():\n    if a == 0 and b == 0:\n        c()\n    elif a == 1:\n        d()\n"
    ),
    "for row rows:\n    pass\n": "for row in rows:\n    pass\n",
    # Texts.
    "name = 'total\n": "name = 'total'\n",
    'print("total)\n': 'print("total")\n',
    "with open(path, 'rb) as file:\n    pass\n": "with open(path, 'rb') as file:\n    pass\n",
    "def f(kind):\n    if kind == 'C\":\n        return kind\n": (
        "def f(kind):\n    if kind == 'C':\n        return kind\n"
    ),
    "def f(row):\n    return 'Total: \" + row\n": "def f(row):\n    return 'Total: ' + row\n",
    "name = 'it's'\n": "name = \"it's\"\n",
    "name = f'{row\n": "name = f'{row}'\n",
    "name = f'{row'\n": "name = f'{row}'\n",
    'def f():\n    """Doc.\n    return 1\n': 'def f():\n    """Doc."""\n    return 1\n',
    "def f(row):\n    key = row.split(',)\n    return key\n": (
        "def f(row):\n    key = row.split(',')\n    return key\n"
    ),
    "def f(name, ready):\n    if name in ready' and name:\n        return ready\n": (
        "def f(name, ready):\n    if name in ready and name:\n        return ready\n"
    ),
    "def f(rows):\n    return sorted(rows)' \n": "def f(rows):\n    return sorted(rows) \n",
    # What a model leaves around code.
    "```python\n": "",
    "Here is the plan that you asked for:\n": "# Here is the plan that you asked for:\n",
    "Sure! It's done, as follows.\n": "# Sure! It's done, as follows.\n",
    ">>> rows = load()\n": "rows = load()\n",
    "name = \u201ctotal\u201d\n": 'name = "total"\n',
    "total =\u00a01\n": "total = 1\n",
    # Python 2, and other languages.
    "print 'a', b\n": "print('a', b)\n",
    "try:\n    f()\nexcept OSError, error:\n    pass\n": (
        "try:\n    f()\nexcept OSError as error:\n    pass\n"
    ),
    "raise ValueError, 'no'\n": "raise ValueError('no')\n",
    "same = a <> b\n": "same = a != b\n",
    "if a && !b:\n    pass\n": "if a and not b:\n    pass\n",
    "def f():\n    var a = 1\n    var b = 2\n    var c = 3\n    var d = 4\n    return a\n": (
        "def f():\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n    return a\n"
    ),
    "def f(a):\n    if a:\n        // return a\n    return 1\n": (
        "def f(a):\n    if a:\n        return a\n    return 1\n"
    ),
    "count++\n": "count += 1\n",
    "total = a + b // the sum\n": "total = a + b  # the sum\n",
    "import os sys\n": "import os, sys\n",
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ONE_WAY.items(), ids=ONE_WAY)
def test_a_slip_with_one_way_out_has_a_preferred_mend(before: str, after: str) -> None:
    best, *_ = offered(before)
    assert best.edit.apply(before) == after
    assert best.preferred
    assert best.title.endswith(": parses")


SEVERAL_WAYS = {
    "code = 010\n": {"code = 0o10\n", "code = 10\n"},
    'pair = {"a" 1}\n': {'pair = {"a": 1}\n', 'pair = {"a", 1}\n'},
    "name = f'a}'\n": {"name = f'a'\n", "name = f'a}}'\n"},
}


@pytest.mark.parametrize(("before", "after"), SEVERAL_WAYS.items(), ids=SEVERAL_WAYS)
def test_where_two_meanings_are_as_likely_none_is_preferred(before: str, after: set[str]) -> None:
    found = offered(before)
    assert {mend.edit.apply(before) for mend in found} == after
    assert not any(mend.preferred for mend in found)


def test_two_slips_in_one_function_are_mended_together() -> None:
    before = "def f(rows):\n    for row in rows\n        print(row[0)\n    return rows\n"
    best, *_ = offered(before)
    assert best.title == "Write ']' for ')'; Add ':': parses" or "Add ']'" in best.title
    Plan.from_text(best.edit.apply(before)).compiled()
    assert not Plan.from_text(best.edit.apply(before)).document.broken


def test_a_body_at_the_margin_is_taken_into_its_function_and_what_follows_stays() -> None:
    before = "def f(x):\ny = 2 * x\nreturn y\n\ndef g():  # as it is\n    return 1\n"
    best, *_ = offered(before)
    assert best.edit.apply(before) == (
        "def f(x):\n    y = 2 * x\n    return y\n\ndef g():  # as it is\n    return 1\n"
    )


def test_nothing_outside_of_the_statement_is_changed() -> None:
    before = dedent("""\
        one  =  1   # kept as it is

        def broken(rows):
            return sum(rows

        two = 'x'\t
    """).replace("\n", "\r\n")
    best, *_ = offered(before)
    assert best.edit.apply(before) == before.replace("sum(rows", "sum(rows)")


@pytest.mark.parametrize(
    "text",
    [
        "import = = 3 4 $\n",
        "def f(:::)\n",
        "(" * 500 + "\n",
        "\0\n",
        "x = 1 if\n",
        "class A:\n    def f(self): return 1\n    x = 1\n    return 2\n",
    ],
)
def test_what_is_no_slip_gets_no_offer(text: str) -> None:
    assert offered(text) == []


def test_what_parses_needs_no_mend() -> None:
    plan = Plan.from_text("total = 1\n")
    assert mends(plan, plan.source.span_of_lines(0, 0)) == []


def test_a_huge_statement_is_left_to_its_author() -> None:
    assert offered("rows = [" + "1,\n" * 10_000) == []
