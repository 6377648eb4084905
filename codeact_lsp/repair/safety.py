"""Drop the candidates that bring more than a repair: what deserves a look before it is run."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence

from codeact_lsp.engine.job import Job
from codeact_lsp.plan import Piece, Plan, Problem
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.doings import begun
from codeact_lsp.repair.reaching import asks_nothing_new
from codeact_lsp.repair.scene import FUNCTIONS
from codeact_lsp.safety import NoAdviceError, added, findings_in_each, imported
from codeact_lsp.sandbox.levels import Level

_BY_NAME = frozenset({"__import__", "breakpoint", "compile", "eval", "exec"})


def sound(job: Job, node: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that parse, mend one function and bring nothing that deserves a look.

    None may change how a function is called, catch what failed, ask for a right, add an import that
    is not allowed or of no use, a risky call, or a comparison of something with itself; where
    nothing is confined, none may have it write, delete, run or send what it did not before. What
    the plan had before is no fault of a candidate, and a comment that switches a problem off is no
    excuse for it.
    """
    edited = [job.plan.edited(each.edit.span, each.edit.new) for each in candidates]
    confined = job.policy(node).confined
    modest = [
        (candidate, plan)
        for candidate, plan in zip(candidates, edited, strict=True)
        if _is_modest(job.plan, plan, confined=confined)
    ]
    if not modest:
        return []
    bare = [candidate for candidate, plan in modest if asks_nothing_new(job.plan, plan)]
    asked = [(candidate, plan) for candidate, plan in modest if candidate not in bare]
    good = [*bare, *_unremarkable(job, job.policy(node).level, asked)]
    return [candidate for candidate, _ in modest if candidate in good]


def _unremarkable(
    job: Job, level: Level, asked: Sequence[tuple[Candidate, Plan]]
) -> list[Candidate]:
    """Those of which the safety checks say nothing that they do not say of the plan as it is."""
    if not asked:
        return []
    before, *after = _found([job.plan, *(plan for _, plan in asked)], level, job)
    pairs = zip(asked, after, strict=True)
    return [candidate for (candidate, _), found in pairs if not added(before, found)]


def _is_modest(before: Plan, after: Plan, *, confined: bool) -> bool:
    """Whether it parses, changes one function at most, calls none otherwise and runs no text.

    Where nothing holds a function to its rights, it does nothing that it did not before, either.
    """
    old, new = Counter(_mended(before)), Counter(_mended(after))
    gone, come = list((old - new).elements()), list((new - old).elements())
    return (
        len(after.document.broken) <= len(before.document.broken)
        and len(gone) <= 1
        and [_shape(piece) for piece in gone] == [_shape(piece) for piece in come]
        and not _needs(after) - _needs(before)
        and not Counter(_run_by_name(come)) - Counter(_run_by_name(gone))
        and sum(map(_is_vain, _parts(come))) <= sum(map(_is_vain, _parts(gone)))
        and (confined or not _begun(gone, come, after))
    )


def _parts(pieces: Sequence[Piece]) -> Iterator[ast.AST]:
    for piece in pieces:
        yield from ast.walk(piece.tree)


def _is_vain(node: ast.AST) -> bool:
    """Whether it compares something with itself, or takes it from itself, or sets it to itself."""
    match node:
        case ast.Compare(left=one, comparators=[other]):
            return ast.dump(one) == ast.dump(other)
        case ast.BinOp(op=ast.Sub() | ast.Div(), left=one, right=other):
            return ast.dump(one) == ast.dump(other)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=same)):
            return name == same
        case _:
            return False


def _begun(gone: Sequence[Piece], come: Sequence[Piece], after: Plan) -> str:
    """What a function does then that it did not."""
    imports = [piece.tree for piece in after.document.pieces if piece.imports.statements]
    return begun([each.tree for each in gone], [each.tree for each in come], imports)


def _run_by_name(pieces: Sequence[Piece]) -> Iterator[str]:
    """What runs code, or fetches it, by a text: nothing that reads code sees what that does."""
    for node in _parts(pieces):
        if isinstance(node, ast.Name) and node.id in _BY_NAME:
            yield node.id


def _mended(plan: Plan) -> list[Piece]:
    """All but imports and the plan's docstring, without what follows them."""
    return [Piece(piece.code) for piece in plan.document.pieces if not _is_import(piece)]


def _is_import(piece: Piece) -> bool:
    return all(isinstance(each, ast.Import | ast.ImportFrom) for each in piece.tree.body)


def _shape(piece: Piece) -> tuple[list[str], int]:
    """How the function is called, and how many failures it catches."""
    functions = [each for each in piece.tree.body if isinstance(each, FUNCTIONS)]
    names = [_parameters(each.args) for each in functions]
    return names, sum(_catches(each) for each in ast.walk(piece.tree))


def _catches(node: ast.AST) -> bool:
    """Whether it keeps an exception: a handler, or `contextlib.suppress` by any path to it."""
    match node:
        case ast.Name(id="suppress") | ast.Attribute(attr="suppress"):
            return True
        case ast.ImportFrom(names=names):
            return any(each.name == "suppress" for each in names)
        case _:
            return isinstance(node, ast.ExceptHandler)


def _parameters(args: ast.arguments) -> str:
    """The parameters without what they are given by default."""
    kinds = (args.posonlyargs, args.args, [args.vararg], args.kwonlyargs, [args.kwarg])
    return "|".join(",".join(each.arg for each in kind if each) for kind in kinds)


def _found(plans: Sequence[Plan], level: Level, job: Job) -> list[tuple[Problem, ...]]:
    try:
        return findings_in_each(plans, level, job.imports)
    except NoAdviceError:
        # Whoever has the plan open is told so, and a trial is confined all the same.
        return [imported(plan, level, job.imports) for plan in plans]


def _needs(plan: Plan) -> set[str]:
    return {need for node in plan.table.nodes.values() for need in node.directives.needs}
