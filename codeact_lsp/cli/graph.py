"""`codeact graph`: the dependencies of a plan, without running it."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from codeact_lsp.cli.exits import DONE, UsageError
from codeact_lsp.cli.html_page import as_page
from codeact_lsp.cli.plans import add_file, load_plan
from codeact_lsp.cli.svg import as_svg
from codeact_lsp.engine.wire import wire_plan
from codeact_lsp.engine.workspace.configuration import ConfigurationError, read_configuration
from codeact_lsp.engine.workspace.inputs import InputError, read_inputs
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.plan import EdgeKind, Plan
from codeact_lsp.plan.problems.report import report

_DOT_STYLES = {
    EdgeKind.DATA: "solid",
    EdgeKind.CONTROL: "dashed",
    EdgeKind.TEMPORAL: "dotted",
    EdgeKind.RESOURCE: "bold",
}
_ARROWS = {
    EdgeKind.DATA: "-->",
    EdgeKind.CONTROL: "-.->",
    EdgeKind.TEMPORAL: "-. wait .->",
    EdgeKind.RESOURCE: "---",
}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("graph", help="print the dependency graph; runs nothing")
    add_file(parser)
    parser.add_argument(
        "--format", choices=sorted(_FORMATS), default="text", help="how to print it (text)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write it to a file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the graph, or write it to a file."""
    plan, path = load_plan(options.file)
    text = "".join(f"{line}\n" for line in _FORMATS[options.format](plan, path))
    if options.output is None:
        print(text, end="")
        return DONE
    try:
        options.output.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{options.output} cannot be written: {error.strerror}."
        raise UsageError(message) from error
    return DONE


def as_text(plan: Plan, _path: Path) -> Iterator[str]:
    """One line a node, in an order in which they could run, with what it needs."""
    cyclic = {name for group in plan.graph.cycles for name in plan.graph.downstream(group)}
    width = max(map(len, plan.nodes), default=0)
    needs: dict[str, list[str]] = {name: [] for name in plan.nodes}
    for edge in plan.graph.edges:
        needs[edge.target].append(_need(edge.source, edge.kind))
    for name in (*plan.graph.order, *(n for n in plan.nodes if n in cyclic)):
        inputs = [f"{parameter.name} (input)" for parameter in plan.inputs(name)]
        arrow = "  ←  " if needs[name] or inputs else ""
        yield f"{name:<{width}}{arrow}{', '.join([*needs[name], *inputs])}".rstrip()


def _need(name: str, kind: EdgeKind) -> str:
    return name if kind is EdgeKind.DATA else f"{name} ({kind.value})"


def as_json(plan: Plan, _path: Path) -> Iterator[str]:
    """The graph as one JSON object."""
    yield json.dumps(wire_plan.graph(plan))


def as_mermaid(plan: Plan, _path: Path) -> Iterator[str]:
    """The graph for Mermaid, in which a plain `end` or `style` would be a word of the language."""
    yield "flowchart TD"
    for name in plan.nodes:
        yield f'    n_{name}["{name}"]'
    for edge in plan.graph.edges:
        yield f"    n_{edge.source} {_ARROWS[edge.kind]} n_{edge.target}"


def as_dot(plan: Plan, _path: Path) -> Iterator[str]:
    """The graph for Graphviz."""
    yield "digraph plan {"
    for name in plan.nodes:
        yield f'    "{name}" [shape=box];'
    for edge in plan.graph.edges:
        direction = ", dir=none" if edge.kind is EdgeKind.RESOURCE else ""
        style = f'style={_DOT_STYLES[edge.kind]}, tooltip="{edge.kind.value}"{direction}'
        yield f'    "{edge.source}" -> "{edge.target}" [{style}];'
    yield "}"


def as_picture(plan: Plan, path: Path) -> Iterator[str]:
    """The graph as an SVG file."""
    try:
        given = read_inputs(path)
        severities = read_configuration(find_workspace(path)).problems
    except (InputError, ConfigurationError) as error:
        raise UsageError(str(error)) from error
    yield from as_svg(plan, report(plan, given, severities), _title(plan, path))


def as_html(plan: Plan, path: Path) -> Iterator[str]:
    """The graph as a page to look through: the graph view of the editor."""
    yield as_page(plan, path, _title(plan, path)).rstrip("\n")


def _title(plan: Plan, path: Path) -> str:
    return plan.task.split("\n", 1)[0] or path.name


_FORMATS: dict[str, Callable[[Plan, Path], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "mermaid": as_mermaid,
    "dot": as_dot,
    "svg": as_picture,
    "html": as_html,
}
