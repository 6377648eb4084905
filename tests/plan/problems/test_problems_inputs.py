"""Problems of what nodes take, what they describe, and what they are given."""

import pytest

from tests.plan.problems.finding import check_problems, problems


def test_a_parameter_is_there_to_be_used() -> None:
    check_problems(
        """
        def orders(): return [1]
        def total(orders, rate=2, _spare=3):
                  ^^^^^^ hint unused-input: Nothing in 'total' uses the value of 'orders'. To
                  ... only run after it, write 'After: orders' in the docstring.
                          ^^^^ hint unused-input: Nothing in 'total' uses the input 'rate'.
            return other.orders + f(rate=1)  # orders
        """
    )
    assert all(p.unnecessary for p in problems("def a(b=1): return 2\n"))


@pytest.mark.parametrize(
    "body",
    [
        "...",
        "pass",
        '"""Later."""',
        "raise NotImplementedError",
        'raise NotImplementedError("later")',
        "return locals()",
        "return eval('ra' + 'te')",
        "return frame.query('price > @rate')",
        'return sql(f"select * from {{}} where rate = 1")',
        "del rate",
        "rate += 1",
        "return [lambda: rate]",
        "def inner(x=rate): return x",
        "return f'{rate:{rate}}'",
    ],
)
def test_a_parameter_may_be_used_in_ways_that_are_hard_to_see(body: str) -> None:
    assert problems(f"def a(rate=1):\n    {body}\n") == []


def test_a_decorator_may_ask_for_inputs_but_not_for_nodes() -> None:
    check_problems(
        """
        def a(): return 1
        @app.get("/")
        def b(a, request=None): return 1
              ^ hint unused-input: Nothing in 'b' uses the value of 'a'. To only run after it,
              ... write 'After: a' in the docstring.
        """
    )


def test_a_docstring_describes_parameters_that_there_are() -> None:
    check_problems(
        '''
        def total(orders, rate=1):
            """Total.

            Args:
                ordres: One row an order.
                ^^^^^^ warning unknown-argument: 'total' has no parameter 'ordres'. Did you mean
                ... 'orders'?
                rate: What an order costs: much.
                tax (float): Gone.
                ^^^ warning unknown-argument: 'total' has no parameter 'tax'.
            """
            return orders, rate
        def free(**options):
            """Free.

            Args:
                color: One of the options.
            """
        ''',
        given=["orders"],
        only=["unknown-argument"],
    )


def test_a_value_that_is_given_is_taken_by_a_node() -> None:
    found = problems("def a(limit): return limit\ndef b(a): return a\n", ["b", "other", "limit"])
    over = ", so its value in the plan's .toml file is passed over."
    assert [(problem.severity.value, problem.message) for problem in found] == [
        ("information", f"'b' is a node and makes its own value{over}"),
        ("information", f"The plan has no input 'other'{over}"),
    ]
    assert {problem.span.start for problem in found} == {0}


def test_a_given_value_that_is_nearly_an_input_is_a_slip() -> None:
    (slip, _) = problems("def a(limit): return limit\n", given=["limti"])
    assert slip.severity.value == "warning"
    assert slip.message.endswith("passed over. Did you mean 'limit'?")


def test_names_that_were_meant_to_differ_are_no_slips() -> None:
    check_problems(
        """
        def week_2(): return 1
        def total(week, week_1): return week, week_1
        """,
        given=["week", "week_1"],
    )
    assert [problem.code for problem in problems("def week_2(): ...\ndef a(week): ...\n")] == [
        "missing-input"
    ]
    assert [problem.code for problem in problems("def data_raw(): ...\ndef a(data): ...\n")] == [
        "missing-input"
    ]
