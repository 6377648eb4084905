"""A plan's graph as a picture: one SVG file that needs nothing else, no script and no network."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from codeact_lsp.plan import EdgeKind, Plan, Problem, Severity
from codeact_lsp.plan.edges import Edge
from codeact_lsp.plan.layout import Box, Curve, Layout, Link, Route, Size, arrange
from codeact_lsp.plan.nodes import Node

# A character of a fixed-width font is 0.6 times as wide as it is high; pixels.
_NAME_SIZE, _DETAIL_SIZE, _RATIO = 14.0, 11.0, 0.6
_PADDING, _MARGIN = 14.0, 32.0
_NODE_HEIGHT, _INPUT_HEIGHT, _LEGEND_HEIGHT = 46.0, 26.0, 34.0
_MOST_COLUMNS = 40
_MOST_DESCRIBED = 100
_ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEGEND = {
    EdgeKind.DATA: "takes its value",
    EdgeKind.CONTROL: "runs after it",
    EdgeKind.TEMPORAL: "waits for it",
    EdgeKind.RESOURCE: "shares a resource",
}
_STYLE = """
:root { --paper: #fff; --ink: #1f2328; --faint: #59636e; --box: #f6f8fa; --rim: #8c959f;
  --line: #57606a; --input: #ddf4ff; --bad: #cf222e; --odd: #9a6700;
  --after: #8250df; --wait: #0969da; --share: #1a7f37 }
@media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3; --faint: #9198a1;
  --box: #161b22; --rim: #6e7681; --line: #8b949e; --input: #0c2d4d; --bad: #ff7b72;
  --odd: #d29922; --after: #a371f7; --wait: #58a6ff; --share: #3fb950 } }
svg { background: var(--paper) }
text { font: 14px ui-monospace, Menlo, Consolas, monospace; fill: var(--ink); text-anchor: middle }
.detail, .legend text { font-size: 11px; fill: var(--faint) }
.legend text { text-anchor: start }
.node rect { fill: var(--box); stroke: var(--rim); stroke-width: 1.2 }
.input rect { fill: var(--input); stroke: none }
.error rect { stroke: var(--bad); stroke-width: 2 }
.warning rect { stroke: var(--odd); stroke-width: 2 }
path { fill: none; stroke: var(--line); stroke-width: 1.4 }
.control { stroke-dasharray: 7 4; stroke: var(--after) }
.temporal { stroke: var(--wait); stroke-dasharray: 2 4; stroke-linecap: round; stroke-width: 2 }
.resource { stroke: var(--share); stroke-width: 3; opacity: .55 }
.given { opacity: .6 }
.back { stroke: var(--bad) }
marker path { fill: var(--line); stroke: none }
""".strip()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the drawing, and the classes that say how it looks."""

    link: Link
    look: str


def as_svg(plan: Plan, problems: Collection[Problem], title: str) -> Iterator[str]:
    """The lines of the file.

    Args:
        plan: The plan.
        problems: What is wrong with it; nodes with errors and warnings are marked.
        title: What the picture is called.
    """
    inputs = _inputs(plan)
    lines = [*_given(inputs), *map(_line, plan.graph.edges)]
    sizes = {_pill(name): _input_size(name) for name in inputs}
    sizes |= {name: _node_size(node) for name, node in plan.table.nodes.items()}
    layout = arrange(sizes, [line.link for line in lines])
    kinds = [kind for kind in EdgeKind if any(edge.kind is kind for edge in plan.graph.edges)]
    width = max(layout.size.width, 150.0 * len(kinds)) + 2 * _MARGIN
    height = layout.size.height + 2 * _MARGIN + (_LEGEND_HEIGHT if kinds else 0)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title about" '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
    )
    yield f'<title id="title">{_text(title)}</title>'
    yield f'<desc id="about">{_text(_description(plan))}</desc>'
    yield f"<style>{_STYLE}</style>"
    yield (
        '<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" '
        'markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
        '<path d="M0 1 9 5 0 9z"/></marker>'
    )
    yield f'<g transform="translate({_MARGIN:g} {_MARGIN:g})">'
    yield from (_path(line, drawn) for line, drawn in zip(lines, layout.routes, strict=True))
    yield from _boxes(plan, layout, inputs, _marks(plan, problems))
    yield "</g>"
    yield from _legend(kinds, height - _LEGEND_HEIGHT)
    yield "</svg>"


def _inputs(plan: Plan) -> dict[str, list[str]]:
    """The inputs, in the order of the file, each with the nodes that take it."""
    takers: dict[str, list[str]] = {}
    for name in plan.nodes:
        for parameter in plan.inputs(name):
            takers.setdefault(parameter.name, []).append(name)
    return takers


def _pill(name: str) -> str:
    """The name of an input's box, which no node can have."""
    return f"={name}"


def _given(inputs: Mapping[str, list[str]]) -> Iterator[_Line]:
    for name, takers in inputs.items():
        yield from (_Line(Link(_pill(name), taker), "given") for taker in takers)


def _line(edge: Edge) -> _Line:
    orders = edge.kind is not EdgeKind.RESOURCE
    return _Line(Link(edge.source, edge.target, orders), edge.kind.value)


def _node_size(node: Node) -> Size:
    name, detail = _columns(node.name), _columns(_detail(node))
    wide = max(name * _NAME_SIZE, detail * _DETAIL_SIZE) * _RATIO
    return Size(wide + 2 * _PADDING, _NODE_HEIGHT)


def _input_size(name: str) -> Size:
    return Size(_columns(_capped(name)) * _DETAIL_SIZE * _RATIO + 2 * _PADDING, _INPUT_HEIGHT)


def _columns(text: str) -> int:
    """How many columns the text takes in a font of fixed width."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in _capped(text)
    )


def _capped(text: str, most: int = _MOST_COLUMNS) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _detail(node: Node) -> str:
    """What a node gives, and what its run is limited by."""
    directives = node.directives
    parts = [_capped(f"→ {node.returns}", _MOST_COLUMNS // 2)] if node.returns else []
    if directives.timeout is not None:
        parts.append(f"Timeout: {directives.timeout:g} s")
    if directives.retries:
        parts.append(f"Retries: {directives.retries}")
    return " · ".join(parts)


def _marks(plan: Plan, problems: Collection[Problem]) -> dict[str, list[Problem]]:
    """The errors and warnings in each node."""
    marks: dict[str, list[Problem]] = {}
    for problem in problems:
        node = plan.node_at(problem.span.start)
        if node and problem.severity in {Severity.ERROR, Severity.WARNING}:
            marks.setdefault(node.node.name, []).append(problem)
    return marks


def _boxes(
    plan: Plan,
    layout: Layout,
    inputs: Collection[str],
    marks: Mapping[str, list[Problem]],
) -> Iterator[str]:
    for name in inputs:
        yield _box(layout.boxes[_pill(name)], "input", [name], f"Input {name}")
    for name, node in plan.table.nodes.items():
        found = marks.get(name, [])
        worst = {problem.severity for problem in found}
        mark = " error" if Severity.ERROR in worst else " warning" if worst else ""
        hint = "\n".join([node.summary or node.signature, *(each.message for each in found)])
        yield _box(layout.boxes[name], f"node{mark}", [name, _detail(node)], hint)


def _box(box: Box, look: str, texts: list[str], hint: str) -> str:
    """A box with a name in it, and perhaps a detail below that; `hint` shows at the pointer."""
    shown = [text for text in texts if text]
    is_input = look == "input"
    middle = box.y + box.height / 2 + 5 - (8 if len(shown) > 1 else 1)
    looks = ["detail"] if is_input else ["name", "detail"]
    written = "".join(
        f'<text class="{kind}" x="{box.center:.1f}" y="{middle + 16 * line:.1f}">'
        f"{_text(_capped(text))}</text>"
        for line, (kind, text) in enumerate(zip(looks, shown, strict=False))
    )
    corner = box.height / 2 if is_input else 8
    return (
        f'<g class="{look}"><title>{_text(hint)}</title><rect x="{box.x:.1f}" y="{box.y:.1f}" '
        f'width="{box.width:.1f}" height="{box.height:.1f}" rx="{corner:g}"/>{written}</g>'
    )


def _path(line: _Line, drawn: Route) -> str:
    look = f"{line.look} back" if drawn.back else line.look
    arrow = ' marker-end="url(#arrow)"' if line.link.orders and line.look != "given" else ""
    curves = "".join(map(_curve, drawn.curves))
    return f'<path class="{look}" d="M{drawn.start.x:.1f} {drawn.start.y:.1f}{curves}"{arrow}/>'


def _curve(curve: Curve) -> str:
    return "C" + " ".join(f"{point.x:.1f} {point.y:.1f}" for point in curve)


def _legend(kinds: Collection[EdgeKind], top: float) -> Iterator[str]:
    """What the kinds of lines mean, where there is more than the usual one."""
    if not kinds:
        return
    yield f'<g class="legend" transform="translate({_MARGIN:g} {top:.1f})">'
    for place, kind in enumerate(kinds):
        x = 150.0 * place
        yield f'<path class="{kind.value}" d="M{x:g} 6h24"/>'
        yield f'<text x="{x + 30:g}" y="10">{_LEGEND[kind]}</text>'
    yield "</g>"


def _description(plan: Plan) -> str:
    """The graph in words, for who cannot see it."""
    count = len(plan.nodes)
    parts = [f"{count} node{'' if count == 1 else 's'}."]
    for name in list(plan.nodes)[:_MOST_DESCRIBED]:
        needs = plan.graph.dependencies(name)
        parts.append(f"{name} needs {', '.join(needs)}." if needs else f"{name} needs no node.")
    return " ".join(parts)


def _text(text: str) -> str:
    """Text as XML can hold it."""
    return escape(_ILLEGAL.sub("\ufffd", text), {'"': "&quot;"})
