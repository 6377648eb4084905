"""What a docstring tells people, whatever the style that it is written in."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan.docstrings.prose import Entry, Prose, prose
from tests.carets import dedent

GOOGLE = """
    Sum up
    the orders.
    Args:
        rate (float): Share
            of each.
        *more: Others.
    Returns:
        float: The total.
    Timeout: 30 s
    Raises:
        ValueError: None is there.
    After: archive
    """
NUMPY = """
    Sum up
    the orders.

    Parameters
    ----------
    rate : float
        Share
        of each.
    *more
        Others.

    Returns
    -------
    float
        The total.

    Raises
    ------
    ValueError
        None is there.
    """
SPHINX = """
    Sum up
    the orders.

    :param float rate: Share
        of each.
    :param *more: Others.
    :returns: The total.
    :raises ValueError: None is there.
    """


@pytest.mark.parametrize(("text", "value"), [(GOOGLE, "float"), (NUMPY, "float"), (SPHINX, "")])
def test_each_style_says_the_same(text: str, value: str) -> None:
    assert prose(dedent(text)) == Prose(
        description="Sum up\nthe orders.",
        parameters=(Entry("rate", "Share of each."), Entry("*more", "Others.")),
        returns=(Entry(value, "The total."),),
        raises=(Entry("ValueError", "None is there."),),
    )


def test_a_value_that_is_described_on_two_lines_is_one_value() -> None:
    text = "Clean it.\n\nReturns:\n    Data with `price`\n    as a number.\n"
    assert prose(text).returns == (Entry("", "Data with `price` as a number."),)


def test_what_has_no_place_of_its_own_is_description() -> None:
    text = "Sum up.\n\nNote: this is prose.\n\nExample:\n    >>> f()\n\nCache: off\n\nMore."
    assert prose(text).description == (
        "Sum up.\n\nNote: this is prose.\n\nExample:\n>>> f()\n\nMore."
    )
    assert prose("") == Prose()


PARTS = (
    *("Args:\n", "Returns:\n", "Raises:\n", "    a: b\n", "    a (int): b\n", "    1is 2: c\n"),
    *(":param x: y\n", "Parameters\n----------\n", "x : int\n", "    ", "\n", "\t", "\\", "\ud800"),
    *("\0", "\r", "\f", "é", "𐎠", ":", "(", "[", "Timeout: 30 s\n", "Deprecated:\n    1.0: x\n"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=20).map("".join))
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(prose(text), Prose)


def test_what_the_parser_fails_on_is_description() -> None:
    text = "Returns:\n\\Deprecated:\n    1.0: x\n"
    assert prose(text) == Prose(text)


def test_an_endless_docstring_is_read_in_part() -> None:
    assert len(prose("Args:\n" + "    x: y\n" * 100_000).parameters) < 10_000
    assert prose("Args:\n    a (" + "(" * 100_000).parameters == ()


def test_the_parser_is_loaded_when_it_is_needed() -> None:
    script = (
        "import sys; from codeact_lsp.plan import Plan;"
        "import codeact_lsp.plan.docstrings.prose;"
        'Plan.from_text(\'def a():\\n    """A."""\\n\').nodes[\'a\'];'
        "sys.exit('griffe' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
