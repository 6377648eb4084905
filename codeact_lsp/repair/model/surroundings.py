"""What a function rests on: what it takes, what it mentions of its module, who takes its result."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.plan import Piece
from codeact_lsp.plan.edits.function import Function, FunctionDef
from codeact_lsp.repair.model.summaries import summary_of_result
from codeact_lsp.repair.verify import Failure

_MOST = 6
_MOST_CODE = 200


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Something beside the function; `is_code` if it is written in the plan as it is said."""

    what: str
    said: str
    is_code: bool = False


def neighbours(failure: Failure, function: Function, *, samples: bool) -> Iterator[Neighbour]:
    """Those that bear on the function, the nearest first; how many is the same in any plan."""
    plan = failure.job.plan
    node = plan.table.nodes.get(function.name)
    makers = [name for name in node.links.data if name in plan.table.nodes] if node else []
    for maker in makers[:_MOST]:
        made = failure.results.get(maker)
        gave = f"; gave {summary_of_result(made.preview, samples=samples)}" if made else ""
        yield Neighbour(f"input {maker}", f"{plan.table.nodes[maker].signature}{gave}")
    mentioned = _mentioned(function.tree) - {function.name, *makers}
    binding = [piece for piece in plan.document.pieces if piece.facts.binds & mentioned]
    said = [_said(piece) for piece in binding[: 2 * _MOST]]
    if said:
        yield Neighbour("module", "\n".join(said), is_code=True)
    for user in (plan.graph.dependents(function.name) if node else [])[:_MOST]:
        yield Neighbour("used by", plan.table.nodes[user].signature)


def _mentioned(function: FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def _said(piece: Piece) -> str:
    """A statement in short: of functions and classes what others may rely on."""
    match piece.tree.body:
        case [ast.FunctionDef() | ast.AsyncFunctionDef() as function]:
            return _head(function)
        case [ast.ClassDef(name=name, body=body)]:
            heads = [_head(each) for each in body if isinstance(each, FunctionDef)]
            fields = [ast.unparse(each) for each in body if isinstance(each, ast.AnnAssign)]
            return f"class {name}: {'; '.join([*fields, *heads])}"[:_MOST_CODE]
        case _:
            return piece.code[:_MOST_CODE]


def _head(function: FunctionDef) -> str:
    kind = "async def" if isinstance(function, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    return f"{kind} {function.name}({ast.unparse(function.args)}){returns}"[:_MOST_CODE]
