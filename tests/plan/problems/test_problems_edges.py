"""Annotations at the two ends of a dependency that do not go together."""

from tests.plan.problems.finding import check_problems, problems


def test_a_value_fits_the_parameter_that_takes_it() -> None:
    check_problems(
        """
        def orders() -> list[str]: ...
                        ^^^^^^^^^ (edge-type) 'orders' returns 'list[str]'.
        def rate() -> float | None: ...
                      ^^^^^^^^^^^^ (edge-type) 'rate' returns 'float | None'.
        def total(orders: dict[str, int], rate: float) -> int: ...
                          ^^^^^^^^^^^^^^ warning edge-type: Node 'orders' does not return what
                          ... 'orders' wants: 'list[str]' is no 'dict[str, int]'.
                                                ^^^^^ warning edge-type: Node 'rate' does not
                                                ... return what 'rate' wants: 'float | None' may
                                                ... be None, which is no 'float'.
        """
    )


def test_what_is_not_known_fits() -> None:
    unknown = "def a() -> Frame: ...\ndef b(a: pd.Series): ...\n"
    text = f"{unknown}def c(a) -> int: ...\ndef d(c: str): ...\n"
    assert [problem.code for problem in problems(text)] == ["edge-type"]
