"""Corrections of problems, each by the whole text that it leaves."""

import pytest
from hypothesis import given, settings

from codeact_lsp.plan import Plan
from codeact_lsp.plan.corrections import combined, corrections
from codeact_lsp.plan.problems.report import report
from tests.carets import dedent
from tests.plan.corrections.fixing import applied, check_correction, offered
from tests.plan.hostile import texts


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_misspelt_parameter_takes_its_uses_along(newline: str) -> None:
    check_correction(
        """
        def orders(): return "📦"
        def total(ordes): return "📦", ordes, other.ordes
        """,
        "Change to 'orders'",
        """
        def orders(): return "📦"
        def total(orders): return "📦", orders, other.ordes
        """,
        "unknown-input",
        newline=newline,
    )


def test_a_parameter_does_not_take_the_name_of_a_local_variable() -> None:
    text = "def orders(): ...\ndef total(ordes):\n    orders = 2\n    return ordes + orders\n"
    assert not [title for title in offered(text, "unknown-input") if title.startswith("Change")]


@pytest.mark.parametrize(
    ("code", "written", "meant"),
    [
        ("unknown-node", "After: ordes", "After: orders"),
        ("unknown-node", "Wait: 5 s after ordes", "Wait: 5 s after orders"),
        ("bad-section", "Retires: 2", "Retries: 2"),
        ("bad-section", "Timeout: 30 seconds", "Timeout: 30 s"),
        ("bad-section", "Cache: no", "Cache: off"),
    ],
)
def test_what_is_misspelt_in_a_docstring_is_written_as_it_was_meant(
    code: str, written: str, meant: str
) -> None:
    text = f'def orders(): ...\ndef a():\n    """A.\n\n    {written}\n    """\n'
    (correction,) = [c for title, c in offered(text, code).items() if title.startswith("Change")]
    assert applied(text, correction.edits) == text.replace(written, meant)
    assert correction.preferred


def test_a_described_parameter_is_written_as_the_function_has_it() -> None:
    check_correction(
        '''
        def a(order, rate=1):
            """A.

            Args:
                ordre: One.
            """
            return order, rate
        ''',
        "Change to 'order'",
        '''
        def a(order, rate=1):
            """A.

            Args:
                order: One.
            """
            return order, rate
        ''',
        "unknown-argument",
        given=["order"],
    )


DUPLICATE = """
    def a(): return 1


    # The second.
    @cached
    def a():
        return 2


    def b(a): return a
    """


def test_one_of_two_nodes_is_removed_or_made_a_helper() -> None:
    check_correction(
        DUPLICATE,
        "Remove this definition of 'a'",
        """
        def a(): return 1


        def b(a): return a
        """,
        "duplicate-node",
    )
    after = DUPLICATE.replace("cached\n    def a()", "cached\n    def _a()")
    check_correction(DUPLICATE, "Make it a helper named '_a'", after, "duplicate-node")


def test_a_helper_does_not_take_the_name_of_another() -> None:
    found = offered(dedent(DUPLICATE) + "_a = 3\n", "duplicate-node")
    assert list(found) == ["Remove this definition of 'a'"]


@pytest.mark.parametrize(
    ("section", "left"),
    [
        ("After: a, b, c", "After: a, c"),
        ("After: b,c", "After: c"),
        ("After: a ,b", "After: a"),
    ],
)
@pytest.mark.parametrize("quoted", ['"""{}"""', '"""D.\n\n    {}\n    """'])
def test_a_name_is_taken_out_of_a_list(section: str, left: str, quoted: str) -> None:
    text = f"def a(): ...\ndef c(): ...\ndef d():\n    {quoted}\n"
    check_correction(
        text.format(section), "Remove 'b' from After", text.format(left), "unknown-node"
    )


def test_a_cycle_is_cut_at_a_section() -> None:
    check_correction(
        '''
        def a():
            """A.

            Timeout: 5 s
            Wait: 5 s after b
            """
        def b(a): return a
        ''',
        "Remove 'Wait: 5 s after b'",
        '''
        def a():
            """A.

            Timeout: 5 s
            """
        def b(a): return a
        ''',
        "cycle",
    )


def test_a_parameter_that_closes_a_cycle_is_not_taken_out() -> None:
    assert offered("def a(b): return b\ndef b(a): return a\n", "cycle") == {}
    assert offered('def a():\n    """After: a"""\n', "cycle") == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def a(path: str = ''):\n    for line in open(path):\n        yield line.strip()\n",
            "def a(path: str = ''):\n    return [line.strip() for line in open(path)]\n",
        ),
        (
            'def a() -> Iterator[int]:\n    """A."""\n    for a, b in 1, 2:\n        yield a, b\n',
            'def a() -> list[int]:\n    """A."""\n    return [(a, b) for a, b in (1, 2)]\n',
        ),
        (
            "def a() -> t.Iterable[int]:\n    for x in y if z else w: yield (x, 1)\n",
            "def a() -> list[int]:\n    return [(x, 1) for x in (y if z else w)]\n",
        ),
    ],
)
def test_a_generator_of_one_loop_returns_a_list(before: str, after: str) -> None:
    check_correction(before, "Return a list", after, "generator-node")


@pytest.mark.parametrize(
    "body",
    [
        "yield 1",
        "for x in y:\n        yield x\n    else:\n        pass",
        "for x in y:  # All.\n        yield x",
        "for x in y:\n        z = yield x",
        "for x in y:\n        yield (yield x)",
        "for x in y:\n        yield",
        "for x in y:\n        yield f(\n            x)",
    ],
)
def test_any_other_generator_is_made_a_helper_at_most(body: str) -> None:
    assert list(offered(f"def rows():\n    {body}\n", "generator-node")) == [
        "Make it a helper named '_rows'"
    ]


def test_a_generator_that_others_use_is_not_renamed() -> None:
    text = "def rows():\n    yield 1\ndef total(rows): return rows\n"
    assert offered(text, "generator-node") == {}


def test_a_call_is_kept_for_when_the_file_is_a_script() -> None:
    check_correction(
        "def a(): return 1\nprint('é')  # Hello.\n",
        "Keep it for when the file is run as a script",
        "def a(): return 1\nif __name__ == \"__main__\":\n    print('é')  # Hello.\n",
        "module-side-effect",
    )
    for text in ("x = requests.get(1)\n", "print(1); x = 2\n", "print(\n1)\n"):
        assert offered(text, "module-side-effect") == {}


@pytest.mark.parametrize(
    ("parameter", "line"),
    [
        ("limit: int", "limit = 0"),
        ("rate: float | None", "rate = 0.0"),
        ("names: list[str]", "names = []"),
        ("path: Path", 'path = ""'),
        ("anything", 'anything = ""'),
        ("量: dict", '"量" = {}'),
    ],
)
def test_an_input_gets_a_value_of_its_type(parameter: str, line: str) -> None:
    (correction,) = offered(f"def a({parameter}): ...\n", "missing-input").values()
    assert (correction.setting, correction.edits) == (line, ())


@pytest.mark.parametrize("annotation", ["Callable[[int], int]", "pd.DataFrame", "'Model'"])
def test_what_no_file_can_hold_is_not_offered_to_be_set(annotation: str) -> None:
    assert offered(f"def a(b: {annotation}): return b\n", "missing-input") == {}


@settings(max_examples=200)
@given(texts())
def test_corrections_of_any_text_are_edits_of_that_text(text: str) -> None:
    plan = Plan.from_text(text)
    found = report(plan)
    for problem in found:
        for correction in corrections(plan, problem):
            assert all(0 <= e.span.start <= e.span.end <= len(text) for e in correction.edits)
    applied(text, combined(plan, found))
