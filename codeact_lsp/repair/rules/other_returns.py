"""An expression at the end of a function of the plan, or of a way through it, that it is to return.

Answers what comes of a wrong value, where a function or a method gave it. Looks at the place, at
what made its values, and at the calls that led there. Tried only where nothing else has worked.

    def __len__(self): len(self._rows)     ->  return len(self._rows), of `len(box)`
    def parsed(self): self.check(); self.args   ->  return self.args, of `vars(it.parsed())`
    if not rows: empty()                   ->  if not rows: return empty()
"""

import ast
from collections.abc import Iterator, Sequence

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import answering, places
from codeact_lsp.repair.writing import instead

_LEAST = WILD / 2
_BLOCKS = ("body", "orelse", "handlers", "finalbody")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To return each of them."""
    known = set[ast.AST]()
    for there in places(scene):
        for home, function in answering(there):
            if function not in known:
                known.add(function)
                yield from _of_function(home, function)


def _of_function(scene: Scene, function: ast.FunctionDef) -> Iterator[Candidate]:
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function)):
        return
    has_others = any(isinstance(node, ast.Return) and node.value for node in ast.walk(function))
    for last in _ends(function.body) if has_others else _of_end(function):
        # What is only there to be read, is never to be returned by somebody who has forgotten to.
        if not isinstance(last.value, ast.Constant):
            likely = WILD if last is function.body[-1] else _LEAST
            yield instead(scene, last, f"return {scene.text(last)}", likely)


def _of_end(function: ast.FunctionDef) -> Iterator[ast.Expr]:
    """The expression that is the last thing which it does, if it is one."""
    if isinstance(function.body[-1], ast.Expr):
        yield function.body[-1]


def _ends(block: Sequence[ast.stmt]) -> Iterator[ast.Expr]:
    """The expressions that stand last in a block, and in the blocks of its statements."""
    if block and isinstance(block[-1], ast.Expr):
        yield block[-1]
    for statement in block:
        inner = [getattr(statement, name, None) for name in _BLOCKS]
        for each in inner if not isinstance(statement, ast.FunctionDef | ast.ClassDef) else ():
            if isinstance(each, list):
                yield from _ends(each)


RULE = rule("other-returns", EVERY, candidates)
