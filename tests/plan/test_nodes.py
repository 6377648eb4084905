"""What the plan's own dialect reads from a function, with every part drawn in its place."""

from collections.abc import Callable, Iterable

import pytest

from codeact_lsp.plan import Node, Parameter, Piece, Span
from tests.carets import dedent, render, source_of

NEWLINES = ["\n", "\r\n", "\r"]


def read(text: str) -> Node:
    (node,) = Piece(text).nodes
    return node


Part = Callable[[Node], Iterable[tuple[Span, str]]]


def check_drawn(drawing: str, part: Part, newline: str = "\n") -> None:
    text = source_of(drawing, newline)
    assert render(text, part(read(text))) == dedent(drawing)


def names(node: Node) -> list[tuple[Span, str]]:
    return [
        (node.name_span, node.name),
        *((parameter.span, described(parameter)) for parameter in node.parameters),
    ]


def described(parameter: Parameter) -> str:
    annotation = f": {parameter.annotation}" if parameter.annotation else ""
    default = f" = {parameter.default}" if parameter.default else ""
    return f"{'*' * parameter.variadic}{parameter.name}{annotation}{default}"


def header(node: Node) -> list[tuple[Span, str]]:
    return [(node.header, "")]


def whole(node: Node) -> list[tuple[Span, str]]:
    return [(node.span, "")]


def returns(node: Node) -> list[tuple[Span, str]]:
    return [(span, "returned") for span in node.return_lines]


def test_the_name_and_the_parameters() -> None:
    check_drawn(
        """
        def growth(orders: "Frame", /, factor=1.5, *rest, only: int, **more) -> Frame:
            ^^^^^^ growth
                   ^^^^^^ orders: "Frame"
                                       ^^^^^^ factor = 1.5
                                                    ^^^^ *rest
                                                          ^^^^ only: int
                                                                       ^^^^ *more
            return orders * factor
        """,
        names,
    )


@pytest.mark.parametrize("newline", NEWLINES)
def test_parameters_on_lines_of_their_own(newline: str) -> None:
    check_drawn(
        """
        def f(
            ^ f
            a: dict[
            ^ a: dict[ str ]
                str
            ],
            *, b=(
               ^ b = 2
                2
            ),
            c: int = 3,
            ^ c: int = 3
        ): ...
        """,
        names,
        newline,
    )


def test_places_are_counted_in_characters_and_names_as_they_are_written() -> None:
    # The first parameter is spelt with a ligature, which Python reads as two letters.
    check_drawn(
        """
        def é𐎠(ﬁ: ü = "é𐎠", *, ñ=1): ...
            ^^ é𐎠
               ^ fi: ü = "é𐎠"
                               ^ ñ = 1
        """,
        names,
    )
    text = "def ﬁ(): return fi\n"
    assert (read(text).name, read(text).name_span) == ("fi", Span(4, 5))


@pytest.mark.parametrize("newline", NEWLINES)
def test_decorators_belong_to_the_node(newline: str) -> None:
    check_drawn(
        """
        # Not this.
        @flow  . task(retries = 2)
        ^^^^^^^^^^^^^^^^^^^^^^^^^^
        @ (
        ^^^
        cached)
        ^^^^^^^
        async def f():
        ^^^^^^^^^^^^^^
            return 1
            ^^^^^^^^
        # Nor this.
        """,
        whole,
        newline,
    )


@pytest.mark.parametrize("newline", NEWLINES)
def test_the_header_ends_before_its_colon(newline: str) -> None:
    check_drawn("def f(): return {1: 2}\n^^^^^^^\n", header, newline)
    check_drawn("def f(a: int = {1: 2}['x':]) -> 'a:b' : ...\n" + "^" * 38 + "\n", header, newline)
    check_drawn(
        """
        @decorated(by=1)
        async def f(
        ^^^^^^^^^^^^
            a, # b: c
            ^^^^^^^^^
            b = lambda: {3:
            ^^^^^^^^^^^^^^^
                4} # d: e
                ^^^^^^^^^
        ): return
        ^
        """,
        header,
        newline,
    )


def test_only_returns_of_the_function_itself_count() -> None:
    check_drawn(
        """
        def f():
            def inner(): return 1
            class C:
                def method(self): return 2
            if inner():
                return (
                ^^^^^^^^
                    3)
                    ^^ returned
            for x in []: return x
                         ^^^^^^^^ returned
            try: return "é𐎠"
                 ^^^^^^^^^^^ returned
            finally: return
                     ^^^^^^ returned
        """,
        returns,
    )


@pytest.mark.parametrize("gap", [" ", "\t", "  \f ", " \\\n ", " \\\r\n\\\r"])
def test_anything_may_stand_between_def_and_the_name(gap: str) -> None:
    text = f"@deffer\nasync{gap}def{gap}undefined(x): return x\n"
    node = read(text)
    assert text[node.name_span.start : node.name_span.end] == "undefined"
    assert text[node.header.start : node.header.end] == f"async{gap}def{gap}undefined(x)"


@pytest.mark.parametrize(
    "text",
    [
        "def _helper(): ...",
        "class Node: ...",
        "node = lambda: 1",
        "if x:\n    def f(): ...",
        "import f",
        "def f(:",
    ],
)
def test_nothing_else_is_a_node(text: str) -> None:
    assert Piece(text).nodes == ()


@pytest.mark.parametrize(
    "signature",
    ["def f()", "def f(a, b: int, c=1, d: str = 'x') -> list[int]", "async def f(a: 'x | y')"],
)
def test_a_signature_is_one_line_of_python(signature: str) -> None:
    assert read(f"{signature}: ...\n").signature == signature


def test_a_signature_of_several_lines_becomes_one() -> None:
    node = read("def f(\n    a: dict[\n        str, int\n    ] = {},\n    b='a  b'\n): ...\n")
    assert node.signature == "def f(a: dict[ str, int ] = {}, b='a  b')"


@pytest.mark.parametrize(
    ("body", "is_generator"),
    [
        ("yield", True),
        ("x = (yield)", True),
        ("for x in y: yield from x", True),
        ("def inner(): yield", False),
        ("return lambda: (yield)", False),
        ("return (x for x in y)", False),
        ("class C: yield_ = 1", False),
    ],
)
def test_a_function_that_yields_is_a_generator(body: str, is_generator: bool) -> None:
    assert read(f"def f():\n    {body}\n").is_generator is is_generator


def test_what_else_a_node_says_of_its_function() -> None:
    text = '@d\nasync def f() -> int:\n    """Do.\n\n    More.\n    Cache: off\n    Cahce: on"""\n'
    node = read(text)
    assert (node.is_async, node.is_decorated, node.returns) == (True, True, "int")
    assert (node.doc.splitlines()[2], node.summary) == ("More.", "Do.")
    assert node.directives.cache is False
    assert [bad.message for bad in node.directives.malformed] == [
        "There is no section 'Cahce'. Did you mean 'Cache'?"
    ]
