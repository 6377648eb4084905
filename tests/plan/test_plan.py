"""Plans: what a text says as a workflow, at any moment of its being written."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from codeact_lsp.plan import Plan, check
from tests.plan.hostile import Edit, edits, programs, texts

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.plan.py"))


def check_equal(plan: Plan, fresh: Plan) -> None:
    assert plan.source.text == fresh.source.text
    assert plan.definitions == fresh.definitions
    assert list(plan.nodes.items()) == list(fresh.nodes.items())
    assert (plan.task, plan.imports) == (fresh.task, fresh.imports)
    assert plan.graph.edges == fresh.graph.edges
    assert (plan.graph.cycles, plan.graph.order) == (fresh.graph.cycles, fresh.graph.order)
    assert plan.code_keys == fresh.code_keys
    assert check(plan) == check(fresh)


def check_inside(plan: Plan) -> None:
    """All places lie in the text, and asking at any place raises nothing."""
    for definition in plan.definitions:
        node = definition.node
        parts = [node.span, node.header, node.name_span, *node.return_lines]
        parts += [parameter.span for parameter in node.parameters]
        for span in map(definition.span, parts):
            assert 0 <= span.start <= span.end <= len(plan.source.text)
            assert span.start >= definition.span(node.span).start
            assert span.end <= definition.span(node.span).end
    for problem in check(plan):
        assert 0 <= problem.span.start <= problem.span.end <= len(plan.source.text)
    for offset in range(len(plan.source.text) + 1):
        found = plan.node_at(offset)
        assert found is None or offset in found.span(found.node.span)


@settings(max_examples=150)
@given(texts() | programs(), edits())
def test_an_edited_plan_equals_a_fresh_one(text: str, made: list[Edit]) -> None:
    plan = Plan.from_text(text)
    check_inside(plan)
    for edit in made:
        span, new = edit.on(text)
        plan, text = plan.edited(span, new), text[: span.start] + new + text[span.end :]
        assert plan.source.text == text
        check_equal(plan, Plan.from_text(text))
        check_inside(plan)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_plan_typed_character_by_character_equals_a_fresh_one(path: Path) -> None:
    text = path.read_text(encoding="utf-8")[:900]
    plan = Plan.from_text("")
    for end, character in enumerate(text):
        plan = plan.edited(Edit(end, 0, "").on(text[:end])[0], character, version=end)
        # Each way of reading builds on what was read before; a fresh plan now and then will do.
        assert plan.source.version == end
        assert [definition.node.name for definition in plan.definitions] == [*plan.nodes]
        if end % 50 == 0:
            check_equal(plan, Plan.from_text(text[: end + 1]))
    check_equal(plan, Plan.from_text(text))


def test_a_plan_is_its_public_functions() -> None:
    plan = Plan.from_text(
        '"""The task.\n\nIn full."""\n'
        "import os.path, sys\nfrom pandas.io import sql\nfrom . import near\nfrom .far import x\n"
        "LIMIT = 3\ndef _helper(): ...\ndef b(a): import json\nasync def a(): ...\nclass C: ...\n"
    )
    assert [*plan.nodes] == ["b", "a"]
    assert plan.task == "The task.\n\nIn full."


def test_what_is_sure_to_be_imported_is_known() -> None:
    plan = Plan.from_text(
        "import os.path, sys\nfrom pandas.io import sql, Any\nfrom . import near\n"
        "if TYPE_CHECKING:\n    import heavy\ntry:\n    import gone\nexcept ImportError: ...\n"
        "def _draw():\n    with quiet:\n        import matplotlib.pyplot as plt\n"
        "async def a(b):\n    def inner():\n        from polars import col\n"
        "    if b:\n        import seldom\n    import csv\n"
    )
    assert plan.imports == ("matplotlib", "os", "pandas", "polars", "sys")
    assert plan.modules == (
        "matplotlib.pyplot", "os.path", "pandas.io", "pandas.io.sql", "polars", "polars.col", "sys",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "x = 1\n'''Late.'''\n", "# Comment.\n", "f'''{x}'''\n", "1\n"]
)
def test_a_plan_may_have_no_task(text: str) -> None:
    assert Plan.from_text(text).task == ""


@pytest.mark.parametrize("above", ["\ufeff", "\n\n", "# -*- coding: utf-8 -*-\r\n", "\ufeff# A\n"])
def test_the_task_is_found_below_what_does_nothing(above: str) -> None:
    assert Plan.from_text(f"{above}'''Task.'''\nx = 1\n").task == "Task."


def test_the_last_definition_of_a_name_holds_in_the_place_of_the_first() -> None:
    plan = Plan.from_text("def a(x): ...\ndef b(): ...\ndef a(y): ...\n")
    assert [definition.node.name for definition in plan.definitions] == ["a", "b", "a"]
    assert [*plan.nodes] == ["a", "b"]
    assert [parameter.name for parameter in plan.nodes["a"].node.parameters] == ["y"]


def test_inputs_are_the_parameters_that_no_node_provides() -> None:
    plan = Plan.from_text("def a(x, b, *rest, y=1, **more): ...\ndef b(): ...\n")
    assert [parameter.name for parameter in plan.inputs("a")] == ["x", "y"]


def test_the_node_at_an_offset_is_the_one_whose_function_holds_it() -> None:
    text = "x = 1\n\n@d\ndef a():\n    return 1\n# below\n\ndef b(): ...\ndef a(): ...\n"
    plan = Plan.from_text(text)

    def name_at(what: str, further: int = 0) -> str | None:
        found = plan.node_at(text.rindex(what) + further)
        return found.node.name if found else None

    assert [name_at("x = 1"), name_at("# below"), name_at("\ndef b")] == [None, None, None]
    assert [name_at("def b"), name_at("...\ndef a", 3), name_at("def a")] == ["b", "b", "a"]
    # The first of two definitions never runs, so no node is there.
    assert name_at("return 1") is None


def test_what_is_left_open_in_one_node_leaves_the_others_in_the_graph() -> None:
    for opened in ('text = """', "total = sum((1,", "x = 'abc", "if x"):
        broken = f"    {opened}\n    return 2\n\n"
        plan = Plan.from_text(f"def a(): ...\n\ndef b(a):\n{broken}@d\ndef c(a): ...\n")
        assert [(edge.source, edge.target) for edge in plan.graph.edges] == [("a", "c")]
        assert [problem.code for problem in check(plan)] == ["syntax"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_change_nothing_but_places(path: Path, newline: str) -> None:
    text = path.read_text(encoding="utf-8")
    plan, other = Plan.from_text(text), Plan.from_text("\ufeff" + text.replace("\n", newline))
    assert [*plan.nodes] == [*other.nodes]
    assert plan.graph.edges == other.graph.edges
    assert plan.code_keys == other.code_keys
    assert [problem.message for problem in check(plan)] == [
        problem.message for problem in check(other)
    ]
    for one, two in zip(plan.definitions, other.definitions, strict=True):
        assert one.node.directives.timeout == two.node.directives.timeout
        assert one.node.doc == two.node.doc
