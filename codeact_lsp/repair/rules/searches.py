r"""A pattern that is looked for at the beginning only, while it stands further on.

Answers AttributeError and TypeError of a match that is none.

    re.match(r"\d+", text).group()    ->  re.search(r"\d+", text).group()
    found = re.fullmatch(p, text)     ->  found = re.search(p, text)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import replaced

_NARROW = frozenset({"match", "fullmatch"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The search that finds it anywhere."""
    if not scene.said("'NoneType'"):
        return
    for call in scene.nearby(ast.Call):
        match call.func:
            case ast.Attribute() if called(call) in _NARROW:
                text = f"{scene.text(call.func.value)}.search"
                edit = replaced(scene, call.func, text)
                yield Candidate("Search the whole text", edit, LIKELY - 0.15)
            case _:
                pass


RULE = rule("searches", "AttributeError TypeError", candidates)
