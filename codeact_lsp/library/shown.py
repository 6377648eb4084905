"""How a run's result shows itself: on one line at a prompt, as a table in a notebook."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from codeact_lsp.engine.run.modes import said_time

if TYPE_CHECKING:
    from codeact_lsp.library.result import NodeResult, RunResult

_MOST_ROWS = 100
_HEAD = "".join(f"<th>{name}</th>" for name in ("node", "value", "how"))


def line(result: "RunResult") -> str:
    """A result as a prompt shows it: how the run ended, and how many nodes came to which end."""
    reused = sum(node.reused for node in result.nodes.values())
    counts = {
        "ran": len(result.nodes) - reused,
        "reused": reused,
        "failed": len(result.errors),
        "blocked": len(result.blocked),
        "cancelled": len(result.cancelled),
    }
    told = [f"{count} {how}" for how, count in counts.items() if count]
    ends = ", ".join([result.status, *told, said_time(result.seconds)])
    return f"<RunResult of {result.plan.path.name}: {ends}>"


def table(result: "RunResult") -> str:
    """A result as a notebook shows it; all text of the plan and of its nodes is escaped."""
    rows = list(_rows(result))
    hidden = len(rows) - _MOST_ROWS
    if hidden > 0:
        rows[_MOST_ROWS:] = [("…", f"{hidden} more", "")]
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    message = f"<p>{escape(result.message)}</p>" if result.message else ""
    caption = f"<caption>{escape(line(result)[1:-1])}</caption>"
    return f"{message}<table>{caption}<tr>{_HEAD}</tr>{body}</table>"


def _rows(result: "RunResult") -> Iterator[tuple[str, str, str]]:
    for name, error in result.errors.items():
        place = result.plan.place(error.focus or error.span)
        yield name, error.headline, f"failed at {place.line}:{place.column}"
    for name, node in result.nodes.items():
        yield name, node.stored.preview.line, _how(node)
    for name, by in result.blocked.items():
        yield name, "", f"not run: needs {', '.join(by)}"
    for name in result.cancelled:
        yield name, "", "cancelled"


def _how(node: "NodeResult") -> str:
    return f"reused: {node.why}" if node.reused else said_time(node.usage.wall)
