"""What is offered where the caret `¦` stands; most of these texts are half-typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan import Plan
from codeact_lsp.plan.completion import Outside, Suggestions, complete
from codeact_lsp.plan.completion.suggestion import MOST
from tests.carets import dedent
from tests.plan.hostile import texts

NODES = '''
    def orders(path: str = "o.csv") -> list[int]:
        """Read the orders."""
        return []

    def rates(day): return {}

    def total(orders, rates) -> float: return 0.0

    '''
OUTSIDE = Outside({"day": "Monday", "nan": float("nan"), "no name": 1}, {"gpu": 2})


def at_caret(text: str, outside: Outside = OUTSIDE) -> Suggestions:
    text = dedent(text)
    caret = text.index("¦")
    plan = Plan.from_text(text.replace("¦", ""))
    found = complete(plan, caret, outside)
    for each in found.items:
        typed = plan.source.text[each.span.start : each.span.end]
        assert each.span.end == caret
        assert typed.strip() == typed
    return found


def news(text: str, outside: Outside = OUTSIDE) -> list[str]:
    """What the text would read, best first."""
    return [each.new for each in at_caret(text, outside).items]


@pytest.mark.parametrize(
    "half",
    [
        "def report(¦",
        "def report(¦):\n    pass\n",
        "def report(\n    ¦\n    ",
        "async def report(¦\n\nclass Other: pass\n",
        "@cached\ndef report(¦) -> None: ...\n",
        "def report(  # One (of them\n    ¦\n):\n    pass\n",
    ],
)
def test_a_signature_offers_nodes_that_nobody_takes_then_others_then_inputs(half: str) -> None:
    expected = ["total: float", "rates", "orders: list[int]", "day: str", "nan: float", "path: str"]
    assert news(dedent(NODES) + half) == expected


def test_a_node_is_told_by_its_signature_and_an_input_by_its_value() -> None:
    orders, day = (
        at_caret(dedent(NODES) + f"def report({typed}¦").items[0] for typed in ("o", "d")
    )
    assert (orders.label, orders.detail, orders.documentation) == (
        "orders",
        'def orders(path: str = "o.csv") -> list[int]',
        "Read the orders.",
    )
    assert (day.label, day.detail) == ("day", "input: str")
    assert day.documentation == "The plan's .toml file says 'Monday'"


@pytest.mark.parametrize(
    ("half", "first"),
    [
        ("def report(to¦", "total: float"),
        ("def report(total, r¦", "rates"),
        ("def report(total=f(1, [2]), x: dict[str, int] = {'a': 1}, R¦", "rates"),
        ("def report(total, *, r¦, day):", "rates"),
        ("def report(orders, t¦: int)", "total"),
        ("def report(x='(', t¦)", "total: float"),
    ],
)
def test_what_is_typed_narrows_and_what_is_there_is_not_repeated(half: str, first: str) -> None:
    assert news(dedent(NODES) + half)[0] == first
    assert not {"orders: list[int]", "total"} & set(
        news(dedent(NODES) + "def f(total, orders, ¦")[:1]
    )


def test_what_is_being_typed_is_not_offered() -> None:
    assert news("def report(or¦): return 1\n", Outside()) == []
    assert news(in_docstring("Uses: g¦"), Outside()) == []


def test_names_of_any_letters_are_offered() -> None:
    assert news('def größe() -> "𐎠": return 1\n\ndef b(𐎠, gr¦') == ['größe: "𐎠"']


def test_what_would_wait_for_itself_is_not_offered() -> None:
    chain = "def a(¦): return 1\n\ndef b(a): return a\n\ndef c(b): return b\n\ndef d(): return 1\n"
    assert news(chain, Outside()) == ["d"]
    assert news(chain.replace("(¦): return 1", "(¦"), Outside()) == ["d"]


@pytest.mark.parametrize(
    ("half", "expected"),
    [
        ("def report(day=¦", ["'Monday'"]),
        ("def report(day: str = ¦):\n    pass\n", ["'Monday'"]),
        ("def report(day = 'Mo¦)", []),
        ("def report(path: str = ¦)", ['"o.csv"']),
        ("def report(nan=¦)", []),
        ("def report(orders=¦)", []),
        ("def report(unknown=¦)", []),
    ],
)
def test_a_default_is_what_the_inputs_file_or_another_node_says(
    half: str, expected: list[str]
) -> None:
    assert news(dedent(NODES) + half) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "¦",
            "x = ¦",
            "import ¦",
            "def ¦",
            "class A(¦)",
            "def _helper(¦",
            "def f(a: ¦",
            "def f(*¦",
        ),
        *(
            "def f(a == ¦",
            "def f(a, # b, ¦",
            "def f(a=': ¦",
            "def f():\n    return ¦",
            "def f() -> ¦",
        ),
        *("def f():\n    x = 1\n    '''After: ¦", "def f(a[¦", "def f(1¦", "def f(a.b¦"),
    ],
)
def test_where_the_plan_knows_no_more_than_python_nothing_is_offered(text: str) -> None:
    assert news(text) == []


def in_docstring(lines: str, name: str = "report(total, extra)") -> str:
    body = lines.replace("\n", "\n    ")
    return f'{dedent(NODES)}def {name}:\n    """Report.\n\n    {body}\n    """\n    return 1\n'


def test_a_line_at_the_margin_offers_sections_that_are_not_used_up() -> None:
    expected = ["After: ", "Uses: ", "Wait: ", "Timeout: ", "Retries: ", "Memory: ", "Cache: "]
    expected += ["Needs: ", "Args:", "Returns:", "Raises:"]
    assert news(in_docstring("¦")) == expected
    assert news(in_docstring("¦").split("¦")[0] + "¦") == expected
    left = news(in_docstring("After: a\nTimeout: 1 s\n¦\nReturns:\n    It."))
    assert left == [new for new in expected if new not in {"Timeout: ", "Returns:"}]


def test_a_section_is_told_by_its_forms_and_meaning() -> None:
    (first, *_) = at_caret(in_docstring("Tim¦")).items
    assert (first.label, first.new) == ("Timeout", "Timeout: ")
    assert first.detail == "a duration such as '500 ms', '30 s', '5 min' or '2 h'"
    assert first.documentation == "Stops each attempt after that time."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("After: ¦", ["rates", "orders"]),
        ("After:¦", ["rates", "orders"]),
        ("After: rates, ¦", ["orders"]),
        ("After: rates,o¦", ["orders"]),
        ("Wait: ¦", ["5 s after ", "until "]),
        ("Wait: 1.5 min after t¦", ["total", "rates"]),
        ("Uses: ¦", ["db", "gpu"]),
        ("Uses: db, g¦", ["gpu"]),
        ("Cache: ¦", ["off", "on"]),
        ("Cache: of¦", ["off"]),
        ("Timeout: 5¦", ["5 min"]),
        ("Retries: ¦", ["1", "2", "3", "5"]),
        ("Needs: write out, n¦", ["network "]),
        ("Args:\n    ¦", ["total: ", "extra: "]),
        ("Args:\n    total: The sum.\n    e¦", ["extra: "]),
        ("Args:\n    extra: The rest.\n        ¦", []),
        ("Returns:\n    ¦", []),
        ("Some words ¦", []),
        ("Note: ¦", []),
    ],
)
def test_a_value_offers_what_it_can_name(line: str, expected: list[str]) -> None:
    text = in_docstring(line) + '\n\ndef load():\n    """Uses: db"""\n    return 1\n'
    found = news(text)
    assert [new for new in found if new != "load"] == expected
    if not line.startswith("Needs"):
        unclosed = news(text.replace(text[text.index("¦") :], "¦"))
        assert [new for new in unclosed if new != "db"] == [new for new in expected if new != "db"]


def test_a_summary_is_prose() -> None:
    assert news('def f():\n    """¦') == []
    assert news('def f():\n    """Aft¦"""\n') == []


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_any_kind_will_do(newline: str) -> None:
    text = in_docstring("After: r¦").replace("\n", newline)
    assert news(text) == ["rates", "orders"]


def test_of_too_many_names_the_best_are_offered() -> None:
    text = "".join(f"def node_{n}(): return 1\n\n" for n in range(MOST + 10))
    found = at_caret(f"{text}def last(¦")
    assert (len(found.items), found.is_complete) == (MOST, False)
    narrowed = at_caret(f"{text}def last(node_5¦", Outside())
    assert narrowed.is_complete
    assert narrowed.items[0].new == "node_59"


@given(texts(), st.integers(0, 200))
def test_on_any_text_what_is_offered_ends_at_the_caret(text: str, caret: int) -> None:
    caret = min(caret, len(text))
    found = complete(Plan.from_text(text), caret, OUTSIDE)
    assert all(each.span.end == caret >= each.span.start for each in found.items)
