"""A plan as a module under its real name, in which each `return` of the node leaves a note."""

import linecache
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from codeact_lsp.worker import module
from codeact_lsp.worker.module import Returned

FILE = "/plans/sales 2.plan.py"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Loading a plan is meant for a process of its own."""
    yield
    sys.modules.pop(module.name_of(FILE), None)
    linecache.cache.pop(FILE, None)


def load(text: str) -> tuple[Any, Returned]:
    """Node `a` of a plan, and what notes its returns."""
    returned = Returned()
    loaded = module.load(module.without_mark(text), FILE, "a", returned)
    return module.function(loaded, "a"), returned


def check_returned(text: str, value: object, index: int | None, *arguments: object) -> None:
    """The node returns a value, by its return statement of that number."""
    node, returned = load(text)
    assert (node(*arguments), returned.index) == (value, index)


MANY = """
def a(which):
    def inner():
        return "inner"

    class Inner:
        def method(self):
            return "method"

    if which == 0:
        return 0
    elif which == 1:
        return 1
    for _ in [1]:
        if which == 2:
            return 2
    else:
        if which == 3:
            return 3
    while which == 4:
        return 4
    try:
        if which == 5:
            return 5
        if which == 6:
            raise ValueError
    except ValueError:
        return 6
    finally:
        if which == 7:
            return 7
    with open("/dev/null"):
        if which == 8:
            return 8
    match which:
        case 9:
            return 9
    if which == 10:
        return inner(), Inner().method(), (lambda: 10)()
    if which == 11:
        return
"""


@pytest.mark.parametrize("which", range(10))
def test_every_return_is_told_apart(which: int) -> None:
    check_returned(MANY, which, which, which)


def test_returns_of_functions_inside_are_not_the_nodes() -> None:
    check_returned(MANY, ("inner", "method", 10), 10, 10)


def test_a_bare_return_is_one_and_the_end_of_the_body_is_none() -> None:
    check_returned(MANY, None, 11, 11)
    check_returned(MANY, None, None, 12)


def test_the_last_return_that_ran_counts() -> None:
    text = "def a():\n    try:\n        return 1\n    finally:\n        return 2\n"
    check_returned(text, 2, 1)


def test_an_async_node_is_noted_too() -> None:
    node, returned = load("async def a():\n    if 0:\n        return 1\n    return 2\n")
    with pytest.raises(StopIteration) as stopped:
        node().send(None)
    assert (stopped.value.value, returned.index) == (2, 1)


def test_a_decorated_node_is_left_as_it_is() -> None:
    check_returned("def _same(f): return f\n\n@_same\ndef a():\n    return 1\n", 1, None)


def test_the_last_definition_of_a_name_holds() -> None:
    check_returned("def a():\n    return 1\n\ndef a():\n    if 0: return 0\n    return 2\n", 2, 1)


def test_a_deep_expression_is_no_harder_than_for_python() -> None:
    terms = " + ".join(["n"] * 600)
    check_returned(f"def a(n):\n    total = {terms}\n    return total\n", 600, 0, 1)


def test_places_stay_where_they_were() -> None:
    text = "def a(n):\n    return (\n        n\n        / 0)\n"
    node, _ = load(text)
    with pytest.raises(ZeroDivisionError) as raised:
        node(1)
    traceback = raised.tb.tb_next
    assert traceback is not None
    code = traceback.tb_frame.f_code
    assert code.co_filename == FILE
    assert list(code.co_positions())[traceback.tb_lasti // 2] == (3, 4, 8, 11)
    assert linecache.getline(FILE, 4) == "        / 0)\n"


def test_the_module_has_the_files_name_and_place() -> None:
    node, _ = load("def a(): return __name__, __file__\n")
    assert node() == ("sales_2_plan", FILE)
    assert sys.modules["sales_2_plan"].__file__ == FILE


def test_a_byte_order_mark_moves_no_column() -> None:
    assert module.without_mark("x = 1") == "x = 1"
    node, _ = load("\ufeffdef a(): return 'ü' + 1\n")
    with pytest.raises(TypeError) as raised:
        node()
    traceback = raised.tb.tb_next
    assert traceback is not None
    position = list(traceback.tb_frame.f_code.co_positions())[traceback.tb_lasti // 2]
    line = "\ufeffdef a(): return 'ü' + 1".encode()
    assert line[position[2] : position[3]].decode() == "'ü' + 1"


def test_an_error_of_the_text_is_raised_with_its_place() -> None:
    with pytest.raises(SyntaxError) as raised:
        load("def a():\n    return (\n")
    assert (raised.value.filename, raised.value.lineno) == (FILE, 2)
