"""The sections of the plan's own: the forms that each takes, and what it says of all others."""

from datetime import UTC, datetime

import pytest

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.docstrings.directives import Directives, Reference, Use, Wait
from codeact_lsp.plan.docstrings.vocabulary import SECTION_NAMES
from tests.carets import dedent, render, source_of

HEAD = 'def f():\n    """Summary.\n\n    '


def read(*lines: str) -> Directives:
    text = HEAD + "\n    ".join(lines) + '\n    """\n'
    return Plan.from_text(text).nodes["f"].node.directives


def at(name: str, column: int) -> Reference:
    """A name in the first section, `column` characters into its line."""
    return Reference(name, Span(len(HEAD) + column, len(HEAD) + column + len(name)))


def used(name: str, column: int, amount: int | None = None) -> Use:
    length = len(name if amount is None else f"{name}:{amount}")
    return Use(name, Span(len(HEAD) + column, len(HEAD) + column + length), amount)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("After: a", Directives(after=(at("a", 7),))),
        ("After: a, b_2 ,  ü", Directives(after=(at("a", 7), at("b_2", 10), at("ü", 17)))),
        ("Uses: warehouse", Directives(uses=(used("warehouse", 6),))),
        ("Uses: gpu:2, db.main", Directives(uses=(used("gpu", 6, 2), used("db.main", 13)))),
        ("Wait: 5 s after a", Directives(waits=(Wait(5.0, at("a", 16)),))),
        ("Wait: 1.5min  after  a", Directives(waits=(Wait(90.0, at("a", 21)),))),
        ("Wait: 0 s after a", Directives(waits=(Wait(0.0, at("a", 16)),))),
        (
            "Wait: until 2026-12-01T09:00Z",
            Directives(waits=(Wait(until=datetime(2026, 12, 1, 9, tzinfo=UTC)),)),
        ),
        ("Timeout: 500 ms", Directives(timeout=0.5)),
        ("Timeout: 30 s", Directives(timeout=30.0)),
        ("Timeout: 1.5 min", Directives(timeout=90.0)),
        ("Timeout: 2h", Directives(timeout=7200.0)),
        ("Retries: 0", Directives()),
        ("Retries: 12", Directives(retries=12)),
        ("Memory: 512 MB", Directives(memory=512_000_000)),
        ("Memory: 1.5 gib", Directives(memory=1_610_612_736)),
        ("Memory: 2 KB", Directives(memory=2_000)),
        ("Cache: on", Directives(cache=True)),
        ("Cache: off", Directives(cache=False)),
        (
            "Needs: network api.example.com, write out/a b",
            Directives(needs=("network api.example.com", "write out/a b")),
        ),
        ("Needs: import torch, memory 2 GB", Directives(needs=("import torch", "memory 2 GB"))),
        (
            "Needs: read ../data, variable API_KEY, processes, network *.example.com:8080",
            Directives(
                needs=(
                    "read ../data",
                    "variable API_KEY",
                    "processes",
                    "network *.example.com:8080",
                )
            ),
        ),
        *[
            (f"Needs: network {host}", Directives(needs=(f"network {host}",)))
            for host in ("X.org", "localhost:8000", "127.0.0.1", "[::1]:80", "a-b.xn--p1ai")
        ],
    ],
)
def test_a_section_is_read(line: str, expected: Directives) -> None:
    read_from = read(line)
    assert read_from == expected
    assert read_from.malformed == ()


def test_a_time_without_a_zone_has_none() -> None:
    (wait,) = read("Wait: until 2026-12-01T09:00").waits
    assert wait == Wait(until=datetime(2026, 12, 1, 9))  # noqa: DTZ001 - the user's own clock.


def test_lists_add_up_and_the_last_of_the_others_holds() -> None:
    directives = read(
        *("After: a", "After: b", "Uses: x", "Uses: y", "Needs: write a", "Needs: write b"),
        *("Wait: 1 s after a", "Wait: 2 s after b", "Timeout: 1 s", "Timeout: 2 s"),
    )
    assert [reference.name for reference in directives.after] == ["a", "b"]
    assert [use.name for use in directives.uses] == ["x", "y"]
    assert [wait.seconds for wait in directives.waits] == [1.0, 2.0]
    assert directives.needs == ("write a", "write b")
    assert directives.timeout == 2.0


def check_malformed(drawing: str) -> None:
    text = source_of(drawing)
    (definition,) = Plan.from_text(text).definitions
    found = definition.node.directives
    assert render(text, [(bad.span, bad.message) for bad in found.malformed]) == dedent(drawing)
    assert found == Directives()


def test_a_malformed_section_says_what_it_expects_and_changes_nothing() -> None:
    check_malformed(
        '''
        def f():
            """Summary.

            After: the others
                   ^^^^^^^^^^ After: expects names of nodes, separated by commas.
            Uses: a warehouse, gpu:1
                  ^^^^^^^^^^^^^^^^^^ Uses: expects resources such as 'warehouse' or 'gpu:1',
                  ... separated by commas.
            Wait: a while
                  ^^^^^^^ Wait: expects '5 s after NODE' or 'until 2026-12-01T09:00'.
            Timeout: 30
                     ^^ Timeout: expects a duration such as '500 ms', '30 s', '5 min' or '2 h'.
                     ... Did you mean '30 s'?
            Retries: two
                     ^^^ Retries: expects a whole number from 0 to 999. Did you mean '2'?
            Memory: 2 GBs
                    ^^^^^ Memory: expects a size such as '512 MB' or '2 GB'. Did you mean '2
                    ... GB'?
            Cache: no
                   ^^ Cache: expects 'on' or 'off'. Did you mean 'off'?
            Needs: root
                   ^^^^ Needs: expects 'network HOST', 'write PATH', 'read PATH', 'variable
                   ... NAME', 'import NAME', 'memory SIZE' or 'processes', separated by commas.
            """
        '''
    )


def test_a_value_takes_one_line_and_a_section_that_holds_one_value_stands_once() -> None:
    drawing = '''
        def f():
            """Summary.

            After: a,
                b
                ^ After: takes one line. It expects names of nodes, separated by commas.
            Uses: x,
                  ^^ Uses: expects resources such as 'warehouse' or 'gpu:1', separated by
                  ... commas. Did you mean 'x'?
            Timeout: 30 s
            ^^^^^^^^^^^^^ Timeout: is given again below, and the last one holds. Remove one.
            After: c
            Timeout: 1 min
            """
        '''
    text = source_of(drawing)
    found = Plan.from_text(text).nodes["f"].node.directives
    assert render(text, [(bad.span, bad.message) for bad in found.malformed]) == dedent(drawing)
    assert [bad.kind for bad in found.malformed] == ["repeated", "continued", "bad-value"]
    assert ([one.name for one in found.after], found.uses, found.timeout) == (["c"], (), 60.0)


@pytest.mark.parametrize(
    ("line", "replacement"),
    [
        *[("Timeout: 5 minutes", "5 min"), ("Timeout: 30sec", "30 s"), ("Timeout: 2 Hours", "2 h")],
        *[("Wait: 5 seconds after a", "5 s after a"), ("Memory: 2 gigabytes", None)],
        *[("Memory: 2g", "2 GB"), ("Retries: 3 times", "3"), ("Retries: three", "3")],
        *[("Cache: On", "on"), ("Cache: never", "off"), ("After: a and b", "a, b")],
        *[("After: a, b-c.", None), ("Timeout: 5 days", None), ("Timeout: -1 s", None)],
    ],
)
def test_a_value_that_is_nearly_right_has_a_correction(line: str, replacement: str | None) -> None:
    (malformed,) = read(line).malformed
    assert (malformed.kind, malformed.replacement) == ("bad-value", replacement)


def test_a_name_is_what_python_reads() -> None:
    (reference,) = read("After: ﬁrst").after
    assert (reference.name, reference.span.end - reference.span.start) == ("first", 4)


@pytest.mark.parametrize("name", SECTION_NAMES)
def test_an_empty_section_is_malformed_at_its_name(name: str) -> None:
    text = f'def f():\n    """Summary.\n\n    {name}:\n    """\n'
    (malformed,) = Plan.from_text(text).nodes["f"].node.directives.malformed
    assert text[malformed.span.start : malformed.span.end] == name
    assert malformed.message.startswith(f"{name}: expects ")


@pytest.mark.parametrize(
    "line",
    [
        *("Timeout: 0 s", "Timeout: -1 s", "Timeout: 1e9 s", "Timeout: 5 days", "Timeout: . s"),
        *("Retries: -1", "Retries: 1000", "Retries: 1.5", "Retries: ²"),
        *("Memory: 0 GB", "Memory: 2", "Memory: GB"),
        *("Cache: On", "Cache: off!", "After: a b", "After: ,", "After: 1", "After: a, b-c"),
        *("Uses: gpu:0", "Uses: gpu:-1", "Uses: gpu:one", "Uses: a b", "Uses: :1"),
        *(
            "Wait: 5 s",
            "Wait: after a",
            "Wait: 5 s after",
            "Wait: 5 s after a b",
            "Wait: 5 after a",
        ),
        *("Wait: until tomorrow", "Wait: until", "Wait: until 2026-13-01", "Wait: till 2026-12-01"),
        "Wait: until 0001-01-01T00:00",
        *("Needs: network", "Needs: write", "Needs: network a, root", "Needs: Network a"),
        *(
            "Needs: network *",
            "Needs: network *.com",
            "Needs: network a:0",
            "Needs: network a:65536",
        ),
        *("Needs: network 127.1", "Needs: network 0x7f.1", "Needs: network 1.2.3.04"),
        *(
            "Needs: network ::1",
            "Needs: network [1.2.3.4]",
            "Needs: network http://a",
            "Needs: read",
        ),
        *("Needs: variable A B", "Needs: variable 1A", "Needs: import a-b", "Needs: import a."),
        *("Needs: memory 2", "Needs: processes 5", "Needs: write a\u202eb", "Needs: network a..b"),
        *(f"Timeout: {'9' * 400} h", f"Memory: {'9' * 400} GB", f"Uses: gpu:{'9' * 5000}"),
        *(f"Retries: {'9' * 5000}", f"Wait: {'9' * 400} s after a"),
    ],
    ids=lambda line: line[:22],
)
def test_any_other_form_is_malformed(line: str) -> None:
    found = read(line)
    assert len(found.malformed) == 1
    assert found == Directives()
