"""An answer is read strictly: the form, one function, and of that nothing but the body."""

import pytest

from codeact_lsp.model.masking import Masker
from codeact_lsp.plan import Plan
from codeact_lsp.repair.model.answer import AnswerError, read_answer
from codeact_lsp.repair.model.asked import Mended, failing
from tests.repair.fixing import plain

PLAN = plain("""
    import math

    @math.cached
    def area(
        radius: float = 1.0,  # in metres
    ) -> float:
        '''The area of a circle.

        Timeout: 3 s
        '''
        # Pi is a constant.
        return math.pie * radius**2

    def label(area: float) -> str: return f"{area:.1f}"
    """)
RIGHT = plain("""
    def area(radius: float = 1.0) -> float:
        return math.pi * radius**2
    """)


def mended(text: str = PLAN, place: str = "math.pie") -> Mended:
    found = failing(Plan.from_text(text), text.index(place))
    assert found
    return found


def read(code: str, text: str = PLAN, place: str = "math.pie") -> str:
    """The plan with an answer's function in it."""
    answer = read_answer(f"WHY: it is pi\n```python\n{code}```\n", mended(text, place), Masker())
    assert answer.why == "it is pi"
    return answer.edit.apply(text)


def test_all_but_the_body_stays_as_it_is_byte_by_byte() -> None:
    after = PLAN.replace("    # Pi is a constant.\n", "").replace("math.pie", "math.pi")
    assert read(RIGHT) == after


def test_a_body_on_one_line_may_become_several() -> None:
    code = "def label(area: float) -> str:\n    rounded = round(area)\n    return str(rounded)\n"
    after = PLAN.replace(' return f"{area:.1f}"', code.partition(":\n")[2].join(["\n", ""])[:-1])
    assert read(code, place="area:.1f") == after


def test_line_ends_and_indents_are_those_of_the_plan() -> None:
    text = "def half(n):\r\n\t'''Half.'''\r\n\treturn n / 0\r\n"
    code = "def half(n):\n    m = n\n    return m / 2\n"
    assert read(code, text, "n / 0") == (
        "def half(n):\r\n\t'''Half.'''\r\n\tm = n\r\n\treturn m / 2\r\n"
    )


@pytest.mark.parametrize("odd", ["\x0c", "\x0b", "\u2028", "\x85"])
def test_what_ends_a_line_for_others_ends_none_in_python(odd: str) -> None:
    """A comment must not become code, nor the place of the docstring move."""
    text = f"def half(n):\n\t'''Half.{odd}of it'''\n\treturn n / 0\n"
    code = f"def half(n):\n    return n / 2  # or{odd}import socket\n"
    after = f"return n / 2  # or{odd}import socket\n"
    assert read(code, text, "n / 0") == text.replace("return n / 0\n", after)


def test_a_helper_is_mended_where_it_failed() -> None:
    text = "def _half(n):\n    return n / 0\n\ndef half(n: int = 2): return _half(n)\n"
    assert "return n / 2" in read("def _half(n):\n    return n / 2\n", text, "n / 0")


def test_at_the_top_level_there_is_no_function_to_mend() -> None:
    assert failing(Plan.from_text("LIMIT = 1 / 0\n"), 8) is None


TOO_MUCH = {
    "it defines 'areas'": RIGHT.replace("area(", "areas("),
    "changes the signature": RIGHT.replace("-> float", "-> int"),
    "the signature, which": RIGHT.replace("1.0)", "1.0, scale: float = 1.0)"),
    "signature, which has": RIGHT.replace("def", "async def"),
    "changes the decorators": f"@staticmethod\n{RIGHT}",
    "changes the docstring": RIGHT.replace("\n ", '\n    """Needs: network a.org"""\n ', 1),
    "one function, and nothing": f"{RIGHT}\n\ndef label(area):\n    return 'fine'\n",
    "nothing besides": f"import os\n\n{RIGHT}",
    "its Python is wrong at line 2": RIGHT.replace("math.pi", "(math.pi"),
    "its Python is wrong: source code": RIGHT.replace("math.pi", "'\0'"),
    "characters that nobody can see": RIGHT.replace("radius**2", "radius**2  # \u202efine"),
    "uses 'global label', which": RIGHT.replace("    return", "    global label\n    return"),
    "uses '__code__', which": RIGHT.replace("math.pi", "label.__code__.co_argcount"),
    "uses '__builtins__', which": RIGHT.replace("math.pi", "__builtins__['ev' + 'al']('3')"),
    "uses 'sys.modules', which": RIGHT.replace("math.pi", "math.codecs.sys.modules['os'].pi"),
    "uses 'a write to a file', which": RIGHT.replace("math.pi", "open('x', mode='wb').write(b'')"),
    "uses 'a write to a file'": RIGHT.replace("math.pi", "__import__('x').Path('x').unlink()"),
    "uses 'label', which": RIGHT.replace("    return", "    label.factor = 3\n    return"),
    "imports 'builtins', which": RIGHT.replace("    return", "    import builtins\n    return"),
    "imports '_socket', which": RIGHT.replace("    return", "    import _socket\n    return"),
    "a value that was masked": RIGHT.replace("math.pi", "'MASKED_SECRET_9'"),
    "it changes nothing": PLAN[PLAN.index("@") : PLAN.index("\n\ndef label")] + "\n",
}


@pytest.mark.parametrize(
    "said",
    ["setattr(label, 'factor', 3)", "del label.factor", "globals()['label'] = abs"],
)
def test_an_answer_may_not_reach_for_other_functions(said: str) -> None:
    with pytest.raises(AnswerError, match="which reaches beyond the function"):
        read(RIGHT.replace("    return", f"    {said}\n    return"))


def test_what_a_plan_does_already_an_answer_may_do_as_well() -> None:
    text = (
        "SEEN = 0\n\ndef count(n: int = 1):\n    global SEEN\n    SEEN = n / 0\n    return SEEN\n"
    )
    code = text.partition("\n\n")[2].replace("n / 0", "n / 1")
    assert "SEEN = n / 1" in read(code, text, "n / 0")


def test_a_plan_that_writes_may_be_mended_to_write() -> None:
    text = "def save(n: int = 1):\n    with open('n') as file:\n        file.write(str(n))\n"
    code = text.replace("open('n')", "open('n', 'w')")
    assert "open('n', 'w')" in read(code, text, "file.write")


def test_an_answer_may_read_a_file() -> None:
    assert "'rb'" in read(RIGHT.replace("math.pi", "len(open('wax', 'rb').read())"))


def test_an_answer_may_set_what_belongs_to_a_value() -> None:
    code = RIGHT.replace("    return", "    radius.real = 1\n    return")
    assert "radius.real = 1" in read(code)


@pytest.mark.parametrize("said", TOO_MUCH)
def test_an_answer_may_change_one_body_only(said: str) -> None:
    with pytest.raises(AnswerError, match=said):
        read(TOO_MUCH[said])


@pytest.mark.parametrize(
    "text",
    [
        "Sure! Use math.pi instead.",
        RIGHT,
        f"```python\n{RIGHT}```\n```python\n{RIGHT}```",
        f"WHY: pi\n```python\n{RIGHT}",
        f"Here you are:\n```python\n{RIGHT}```",
        "",
    ],
    ids=["prose", "bare", "two", "open", "chatty", "nothing"],
)
def test_what_is_out_of_form_is_not_guessed_at(text: str) -> None:
    with pytest.raises(AnswerError):
        read_answer(text, mended(), Masker())


def test_what_steers_a_terminal_is_shown_as_text() -> None:
    answer = read_answer(f"WHY: \x1b[31mred\n```\n{RIGHT}```", mended(), Masker())
    assert answer.why == "\\x1b[31mred"
