"""The plan core: text in, values out. It does no I/O, imports no plan and never raises on text."""

from codeact_lsp.plan.document import Document
from codeact_lsp.plan.edges import EdgeKind
from codeact_lsp.plan.graph import PlanGraph
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems import Problem, Severity, check
from codeact_lsp.plan.relocate import relocate
from codeact_lsp.plan.source import Encoding, Position, Source, Span

__all__ = [
    "Document",
    "EdgeKind",
    "Encoding",
    "Node",
    "Parameter",
    "Piece",
    "Plan",
    "PlanGraph",
    "Position",
    "Problem",
    "Severity",
    "Source",
    "Span",
    "check",
    "relocate",
]
