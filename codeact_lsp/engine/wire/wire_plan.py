"""Problems and graphs as plain JSON data; nothing here needs the engine to be loaded.

Positions are those of the Language Server Protocol: 0-based lines and UTF-16 characters.
"""

from typing import Any

from codeact_lsp.plan import Encoding, Plan, Problem, Source, Span


def problem(found: Problem, source: Source, file: str) -> dict[str, Any]:
    """A finding of `check`."""
    return {
        "file": file,
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "range": span(found.span, source),
        "related": [
            {"message": related.message, "range": span(related.span, source)}
            for related in found.related
        ],
    }


def graph(plan: Plan) -> dict[str, Any]:
    """The nodes and edges of a plan."""
    nodes = [
        {
            "name": name,
            "range": span(definition.span(definition.node.name_span), plan.source),
            "inputs": [parameter.name for parameter in plan.inputs(name)],
            "returns": definition.node.returns,
            "summary": definition.node.summary,
            "async": definition.node.is_async,
        }
        for name, definition in plan.nodes.items()
    ]
    edges = [
        {"from": edge.source, "to": edge.target, "kind": edge.kind.value}
        for edge in plan.graph.edges
    ]
    return {"nodes": nodes, "edges": edges}


def span(place: Span, source: Source) -> dict[str, Any]:
    """A range of the Language Server Protocol."""
    start = source.position(place.start, Encoding.UTF16)
    end = source.position(place.end, Encoding.UTF16)
    return {"start": start._asdict(), "end": end._asdict()}
