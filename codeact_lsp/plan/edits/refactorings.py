"""The table of all refactorings."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from codeact_lsp.plan.edits.add_node import add_node
from codeact_lsp.plan.edits.annotate import annotate
from codeact_lsp.plan.edits.convert_helper import convert_helper_to_node, convert_node_to_helper
from codeact_lsp.plan.edits.extract import extract
from codeact_lsp.plan.edits.inline import inline
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request
from codeact_lsp.plan.edits.split import split


class Family(Enum):
    """What a refactoring does with nodes."""

    EXTRACT = "extract"
    INLINE = "inline"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True)
class Refactoring:
    """One refactoring; `find` gives None where the selection is not about it."""

    name: str
    family: Family
    find: Callable[[Request], Change | Refused | None]


_ALL = (
    Refactoring("extract", Family.EXTRACT, extract),
    Refactoring("split", Family.EXTRACT, split),
    Refactoring("inline", Family.INLINE, inline),
    Refactoring("add-node", Family.REWRITE, add_node),
    Refactoring("annotate", Family.REWRITE, annotate),
    Refactoring("helper-to-node", Family.REWRITE, convert_helper_to_node),
    Refactoring("node-to-helper", Family.REWRITE, convert_node_to_helper),
)
REFACTORINGS = {refactoring.name: refactoring for refactoring in _ALL}
