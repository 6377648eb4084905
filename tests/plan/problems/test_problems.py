"""Problems, drawn under the plan that has them."""

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.problems.syntax import newer
from tests.carets import source_of
from tests.plan.problems.finding import check_problems, problems


def test_a_sound_plan_has_none() -> None:
    check_problems(
        '''
        """The task."""
        LIMIT = 3
        def a(x: int = 1) -> int:
            """Do.

            Uses: gpu
            """
        async def b(a, *, given):
            """After: a"""
        ''',
        given=["given"],
    )
    check_problems("")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_syntax_is_judged_piece_by_piece_and_lines_are_counted_from_the_top(newline: str) -> None:
    check_problems(
        """
        x = 1
        def a():
               ^ syntax: SyntaxError: expected an indented block after function definition on
               ... line 2
        y = 2
        def b():
            return (
                   ^ syntax: SyntaxError: '(' was never closed
        def c(missing):
              ^^^^^^^ information missing-input: Input 'missing' has no value. Give it a
              ... default, pass --input missing=VALUE, or set it in the plan's .toml file.
            return missing
        """,
        newline=newline,
    )


@pytest.mark.parametrize(
    ("text", "may_be_right"),
    [
        ("x = f'{1'\n", True),
        ("def a[T](b: T) -> T: return b)\n", True),
        ("type Row = dict[str, int)\n", True),
        ("x = [1\n", False),
    ],
)
def test_what_a_newer_python_may_accept_is_said_to_be_so(text: str, *, may_be_right: bool) -> None:
    (piece,) = Plan.from_text(text).document.pieces
    more = "Python 3.12 accepts more here; codeact reads plans with its own, 3.11."
    assert newer(piece, (3, 11)) == (more if may_be_right else "")
    assert not newer(piece, (3, 12))


def test_a_string_that_is_left_open_takes_the_definitions_below_it_no_further() -> None:
    check_problems(
        """
        x = 1
        def a():
            return '''
                   ^ syntax: SyntaxError: unterminated triple-quoted string literal (detected at
                   ... line 5)
        z = (

        def b(a_): ...
              ^^ information missing-input: Input 'a_' has no value. Give it a default, pass
              ... --input a_=VALUE, or set it in the plan's .toml file.
        """
    )


def test_a_node_is_defined_once() -> None:
    check_problems(
        """
        def a(): ...
            ^ (duplicate-node) First defined here.
            ^ (duplicate-node) First defined here.
        def b(): ...
        async def a(): ...
                  ^ duplicate-node: Node 'a' is defined twice; only the last definition would
                  ... run.
        def a(): ...
            ^ duplicate-node: Node 'a' is defined twice; only the last definition would run.
        """
    )


def test_a_cycle_is_shown_where_its_members_ask_for_each_other() -> None:
    check_problems(
        '''
        def a(limit=1, *, d): ...
                          ^ cycle: These nodes depend on each other: a, b, c, d.
        def b(a): ...
              ^ (cycle) 'b' depends on 'a' here.
        def free(): ...
        def c():
            """Wait: 5 s after b"""
                               ^ (cycle) 'c' depends on 'b' here.
        def d(free):
            """Do.

            After: free, c
                         ^ (cycle) 'd' depends on 'c' here.
            """
        def own(own): ...
                ^^^ cycle: Node 'own' depends on itself.
        '''
    )


def test_an_input_needs_a_value() -> None:
    drawing = """
        def a(path, rate=1, *, limit): ...
              ^^^^ information missing-input: Input 'path' has no value. Give it a default, pass
              ... --input path=VALUE, or set it in the plan's .toml file.
        def b(a, limit=2): ...
        """
    check_problems(drawing, given=["limit"])
    check_problems(source_of(drawing), given=["limit", "path"])


def test_an_input_that_is_nearly_a_node_is_a_slip() -> None:
    check_problems(
        """
        def total(ordrs, price): ...
                  ^^^^^ warning unknown-input: There is no node or input 'ordrs'. Did you mean
                  ... 'orders'?
        def orders(): ...
        def prices(prise): ...
                   ^^^^^ information missing-input: Input 'prise' has no value. Give it a
                   ... default, pass --input prise=VALUE, or set it in the plan's .toml file.
        """,
        given=["price"],
    )
    (slip,) = problems("def total(ordrs): ...\ndef orders(): ...\n")
    assert slip.data == {"replacement": "orders", "node": "total"}


def test_a_node_that_is_a_parameter_already_is_no_suggestion() -> None:
    check_problems(
        """
        def total(order, orders): ...
                  ^^^^^ information missing-input: Input 'order' has no value. Give it a
                  ... default, pass --input order=VALUE, or set it in the plan's .toml file.
        def orders(): ...
        """
    )


def test_a_section_names_nodes_that_exist() -> None:
    check_problems(
        '''
        def orders(): ...
        def total():
            """Total.

            After: orders, order, warehouse
                           ^^^^^ unknown-node: There is no node 'order'. Did you mean 'orders'?
                                  ^^^^^^^^^ unknown-node: There is no node 'warehouse'.
            Wait: 5 s after oders
                            ^^^^^ unknown-node: There is no node 'oders'. Did you mean 'orders'?
            """
        '''
    )
    near, far = problems("def orders():\n    'After: order, warehouse'\n")
    assert (near.data, far.data) == ({"replacement": "orders"}, {})


def test_a_section_says_something_the_plan_understands() -> None:
    check_problems(
        '''
        """Timeout: this is the task, not a node."""
        def a():
            """A.

            Timeout: soon
                     ^^^^ bad-section: Timeout: expects a duration such as '500 ms', '30 s', '5
                     ... min' or '2 h'.
            Retires: 2
            ^^^^^^^ bad-section: There is no section 'Retires'. Did you mean 'Retries'?
            """
        '''
    )


def test_a_node_can_be_called_with_named_inputs_and_gives_a_value() -> None:
    check_problems(
        """
        def a(*rest, **more):
            ^ generator-node: Node 'a' is a generator, and a generator cannot leave its process.
            ... Return a list, or make the function private.
               ^^^^ warning variadic-input: 'rest' stays empty: each input of a node has its own
               ... name.
                       ^^^^ warning variadic-input: 'more' stays empty: each input of a node has
                       ... its own name.
            yield 1
        """
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_node_that_is_being_written_is_not_missed_by_the_others(newline: str) -> None:
    check_problems(
        '''
        def orders(:
                   ^ syntax: SyntaxError: invalid syntax
            return 1
        def total(orders):
            """After: orders"""
        ''',
        newline=newline,
    )


def test_problems_come_in_the_order_of_the_text() -> None:
    found = problems(
        "def b(node):\n    'Cache: x'\ndef nodes(): ...\ndef a(*b): ...\ndef a(c): ...\nx = (\n"
    )
    assert [problem.code for problem in found] == [
        "unknown-input",
        "bad-section",
        "variadic-input",
        "duplicate-node",
        "missing-input",
        "syntax",
    ]
    assert [problem.span for problem in found] == sorted(problem.span for problem in found)


def test_places_below_a_byte_order_mark_and_wide_characters_are_exact() -> None:
    text = "\ufeff'é𐎠'; x = '𐎠'\r\ndef é𐎠(ü, 𐎠): ...\r\n"
    spans = [problem.span for problem in problems(text)]
    assert [text[span.start : span.end] for span in spans] == ["ü", "𐎠"]
