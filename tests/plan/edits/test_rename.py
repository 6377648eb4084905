"""Renaming: what one name takes along, and what it must not break."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan import Plan, check
from codeact_lsp.plan.edits.rename import Refusal, rename, rename_parameter, unnamed
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.names.occurrences import Kind, Subject, subject_at
from tests.carets import dedent
from tests.plan.edits.drawn import drawn
from tests.plan.hostile import texts


def outcome(drawing: str, new: str) -> tuple[str, tuple[TextEdit, ...] | Refusal]:
    """The text of a drawing, and what renaming the thing at its caret does."""
    text, span = drawn(drawing)
    plan = Plan.from_text(text)
    found = subject_at(plan, span.start)
    assert found is not None
    return text, rename(plan, found[0], new)


def applied(text: str, edits: tuple[TextEdit, ...]) -> str:
    for edit in reversed(edits):
        text = edit.apply(text)
    return text


def check_rename(before: str, new: str, after: str, newline: str = "\n") -> None:
    text, edits = outcome(dedent(before).replace("\n", newline), new)
    assert not isinstance(edits, Refusal), edits
    assert applied(text, edits) == dedent(after).replace("\n", newline)


def check_refused(before: str, new: str, reason: str) -> None:
    _, refusal = outcome(dedent(before), new)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.message == reason


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_node_takes_all_that_names_it_along(newline: str) -> None:
    check_rename(
        '''
        """Orders."""
        def ¦orders(): return "𐎠 orders", 1
        def growth(orders, month=orders):
            """Growth of orders.

            Args:
                orders: The orders.
            After: orders
            Wait: 5 s after orders
            """
            def late(orders=orders): return orders
            return [x.orders for x in orders], f"𐎠{orders:>{orders}}"
        def _sum(orders): return orders
        if __name__ == "__main__":
            print(growth(orders=orders()))
        ''',
        "sales",
        '''
        """Orders."""
        def sales(): return "𐎠 orders", 1
        def growth(sales, month=sales):
            """Growth of orders.

            Args:
                sales: The orders.
            After: sales
            Wait: 5 s after sales
            """
            def late(orders=sales): return orders
            return [x.orders for x in sales], f"𐎠{sales:>{sales}}"
        def _sum(orders): return orders
        if __name__ == "__main__":
            print(growth(sales=sales()))
        ''',
        newline,
    )


def test_an_input_is_renamed_in_every_node_that_takes_it() -> None:
    check_rename(
        '''
        import month
        def orders(¦month): return month.month
        def growth(orders, *, month: "month" = month):
            """Growth.

            Args:
                month (int): The month.
            """
            return orders(month=month)
        def _sum(month): return orders(month=month)
        ''',
        "when",
        '''
        import month
        def orders(when): return when.month
        def growth(orders, *, when: "month" = month):
            """Growth.

            Args:
                when (int): The month.
            """
            return orders(month=when)
        def _sum(month): return orders(when=month)
        ''',
    )


def test_a_helper_is_renamed_where_it_is_meant() -> None:
    check_rename(
        """
        import pandas as ¦pd
        def orders(csv: "pd.Frame"): return pd.read(csv)
        def growth(pd): return pd
        """,
        "frames",
        """
        import pandas as frames
        def orders(csv: "frames.Frame"): return frames.read(csv)
        def growth(pd): return pd
        """,
    )


def test_names_are_matched_as_python_reads_them() -> None:
    check_rename(
        "def ¦ﬁle(): return 1\ndef b(file): return ﬁle\n",
        "größe",
        "def größe(): return 1\ndef b(größe): return größe\n",
    )
    assert outcome("def ¦file(): return 1\n", "ﬁle")[1] == ()


@pytest.mark.parametrize(
    ("before", "new", "reason"),
    [
        ("def ¦a(): 1", "2a", "'2a' is no name: it takes letters, digits and '_', no digit first."),
        ("def ¦a(): 1", "", "'' is no name: it takes letters, digits and '_', no digit first."),
        ("def ¦a(): 1", "class", "'class' is a word of the Python language."),
        (
            "def ¦a(): 1",
            "_a",
            "A name that begins with '_' is no node's: '_a' would be a helper.",
        ),
        (
            "def ¦_a(): 1",
            "a",
            "A function without '_' before its name is a node: 'a' would be one.",
        ),
        ("def ¦a(): 1\ndef b(): 1", "b", "There is a node 'b' already."),
        ("def ¦a(): 1\nimport b.c", "b", "The plan defines 'b' already."),
        ("def ¦a(): 1\ndef b(:", "b", "The plan seems to define 'b' where it cannot be read."),
        (
            "def f(¦a): 1\ndef b(): 1",
            "b",
            "There is a node 'b': the input would become a dependency on it.",
        ),
        (
            "def ¦a(): 1\ndef f(b): 1",
            "b",
            "'f' takes an input 'b': it would become a dependency.",
        ),
        (
            "def ¦a(): 1\ndef f():\n    'After: b'\n",
            "b",
            "The docstring of 'f' names 'b': it would become a dependency.",
        ),
        (
            "def f(¦a): 1\ndef g(b): 1",
            "b",
            "There is an input 'b' already: the two would become one.",
        ),
        (
            "def ¦a(): 1\n\ndef f(a:\n",
            "b",
            "'a' is written in code that does not parse: line 3.",
        ),
        (
            "def ¦a(): 1\ndef f():\n    'After: \\x61'\n",
            "b",
            "'a' is written where it cannot be replaced: line 3.",
        ),
        (
            "from m import ¦a",
            "b",
            "'a' is an imported name (line 1): import it 'as' another.",
        ),
        (
            "def ¦a(): 1\nclass C:\n    a = a\n",
            "b",
            "A class has a 'a' too, and only running tells which it reads: line 3.",
        ),
        (
            "def ¦a(): 1\ndef f(): return sum([])",
            "sum",
            "The code uses the built-in 'sum' for something else: line 2.",
        ),
        (
            "def ¦a(): 1\ndef f(a):\n    b = 1",
            "b",
            "The code uses 'b' for something else: line 3.",
        ),
        (
            "def f(¦a): return lambda b: a",
            "b",
            "'b' would mean something else than 'a' does: line 1.",
        ),
        (
            "import m as b\ndef f(¦a): return lambda: b",
            "b",
            "The code uses 'b' for something else: line 2.",
        ),
        (
            "¦_K = 1\nclass C:\n    def f(self): return _K\n",
            "__k",
            "'__k' would mean something else than '_K' does: line 3.",
        ),
        (
            "def ¦a(): 1\n__all__ = ['a']\n",
            "b",
            "'a' is also named where it is only data: line 2.",
        ),
        (
            "def f(a, ¦m): return a.query(f'b > @m and {a}')\n",
            "b",
            "'m' is also named where it is only data: line 1.",
        ),
        (
            "def ¦a(): 1\ndef f(b, a): return sql('select * from b, a')\n",
            "c",
            "'a' is also named where it is only data: line 2.",
        ),
        (
            "¦_T = 1\ndef f(a): return a.query('b > @_T')\n",
            "_U",
            "'_T' is also named where it is only data: line 2.",
        ),
        (
            "def f(¦m): return m\nX = partial(f, m=1)\n",
            "b",
            "'m' is also named where it is only data: line 2.",
        ),
        (
            "def f(¦m): return m\nX = f(**{'m': 1})\n",
            "b",
            "'m' is also named where it is only data: line 2.",
        ),
    ],
)
def test_a_renaming_that_would_break_the_plan_is_refused(
    before: str, new: str, reason: str
) -> None:
    check_refused(before, new, reason)


def test_a_parameter_alone_takes_its_uses_and_its_description_along() -> None:
    text = dedent(
        '''
        def growth(ordres, other=lambda ordres: ordres):
            """Growth.

            Args:
                ordres: Orders.
            """
            return [ordres for _ in ordres if ordres.ordres], [0 for ordres in ordres]
        def last(ordres): return growth(ordres=ordres)
        '''
    )
    assert applied(text, rename_parameter(Plan.from_text(text), "growth", "ordres", "orders")) == (
        dedent(
            '''
        def growth(orders, other=lambda ordres: ordres):
            """Growth.

            Args:
                orders: Orders.
            """
            return [orders for _ in orders if orders.ordres], [0 for ordres in orders]
        def last(ordres): return growth(orders=ordres)
        '''
        )
    )


STATEMENTS = (
    "def a(): return 1\n",
    "def b(a, x): return [a for x in a if x], _h(a=a, x=x)\n",
    "def c(x, *, y=a):\n    def g(a): return a, x, y\n    return g(b(a=y, x=x))\n",
    "def d(b):\n    '''D.\n\n    Args:\n        b: B.\n    After: a\n    Wait: 1 s after c'''\n",
    "def _h(a, x): return f'{a} {x}', lambda a=a: a, _K\n",
    "_K: 'a' = 1\n",
    "class C:\n    x = 1\n    def a(self, b=_K): return self.a, a\n",
    "def e(a):\n    global _K\n    _K = [(x := a) for a in a]\n    return x\n",
    "import x.y as _m; _K += _m.a\n",
    "def f(a, é='𐎠'):\n    try: return é\n    except a as x: return x\n",
    "if __name__ == '__main__':\n    print(b(a=a(), x=_K))\n",
    "def broken(a:\n",
)


@given(st.permutations(STATEMENTS).map(lambda every: "".join(every[:8])), st.data())
def test_a_fresh_name_changes_nothing_else_and_can_be_taken_back(
    text: str, data: st.DataObject
) -> None:
    plan = Plan.from_text(text)
    named = [found[0] for at in range(len(text)) if (found := subject_at(plan, at))]
    if not named:
        return
    subject = data.draw(st.sampled_from(named))
    new = "_fresh_1" if subject.kind is Kind.HELPER else "fresh_1"
    edits = rename(plan, subject, new)
    if isinstance(edits, Refusal):
        return
    renamed = Plan.from_text(applied(text, edits))

    def back(name: str) -> str:
        return subject.name if name == new else name

    assert [back(one) for one in renamed.nodes] == [*plan.nodes]
    assert _edges(renamed, back) == _edges(plan, back)
    assert _problems(renamed) == _problems(plan)
    undone = rename(renamed, Subject(subject.kind, new), subject.name)
    assert not isinstance(undone, Refusal), undone
    assert applied(renamed.source.text, undone) == text


@given(texts(), st.sampled_from(["fresh", "_fresh", "f", "g", "ﬁ", "\ud800"]))
def test_any_text_can_be_asked(text: str, new: str) -> None:
    plan = Plan.from_text(text)
    for at in range(len(text) + 1):
        found = subject_at(plan, at)
        if found is None:
            assert unnamed(plan, at).message
            continue
        edits = rename(plan, found[0], new)
        if not isinstance(edits, Refusal):
            renamed = Plan.from_text(applied(text, edits))
            assert len(renamed.definitions) == len(plan.definitions)


def _edges(plan: Plan, back: Callable[[str], str]) -> list[tuple[str, str, str]]:
    return [(back(e.source), back(e.target), e.kind.value) for e in plan.graph.edges]


def _problems(plan: Plan) -> list[str]:
    # Guesses at what was meant go by how names are spelt.
    return sorted(problem.code for problem in check(plan) if "mean" not in problem.message)
