"""What the annotations of a plan say: whether a node's value fits the parameter that takes it.

Everything is read from text; no class of the plan, and of no library either, is ever loaded.
"""

from codeact_lsp.plan.annotations.literals import literal_type
from codeact_lsp.plan.annotations.mismatch import edge_mismatch, mismatch
from codeact_lsp.plan.annotations.names import Names, names_of

__all__ = ["Names", "edge_mismatch", "literal_type", "mismatch", "names_of"]
