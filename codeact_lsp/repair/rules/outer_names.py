"""A name that nothing sets, where the functions around have what it must have meant.

Answers NameError. A function within another one reads what that has; and a name that was made
longer still says which other one it is.

    def load(rows): def first(): return data[0]    ->  return rows[0], which nothing else reads
    best = 0; return best_of_all                   ->  return best
"""

import ast
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, in_places, rule
from codeact_lsp.repair.names import missing, names_of, unread
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.writing import replaced, together

_DOUBT = 0.13
_SHORT = 2
# As much alike as names are that differ in a letter.
_ALIKE = 0.88


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What a function around has and nothing reads, and what is called by a part of the name."""
    name = missing(scene)
    around = scene.around(scene.first, ast.stmt)
    functions = [each for each in around if isinstance(each, FUNCTIONS)]
    if not name or not functions:
        return
    uses = [node for node in names_of(functions[0]) if node.id == name]
    for outer in functions[1:]:
        idle = unread(scene, outer)
        for other in idle if len(idle) == 1 else ():
            yield _renamed(scene, uses, other, LIKELY - _DOUBT)
    bound = dict.fromkeys(_bound(functions))
    if get_close_matches(name, bound, 1, _ALIKE):
        return  # It is hardly a word too long where another one is a letter away.
    alike = [each for each in bound if _is_part(each, name)]
    for other in alike if len(alike) == 1 else ():
        yield _renamed(scene, uses, other, POSSIBLE + _DOUBT)


def _renamed(scene: Scene, uses: list[ast.Name], other: str, likely: float) -> Candidate:
    edit = together(scene, *(replaced(scene, use, other) for use in uses))
    title = f"Rename '{uses[0].id}' to '{other}'{in_places(len(uses))}"
    return Candidate(title, edit, likely)


def _bound(functions: list[Function]) -> Iterator[str]:
    """The names that the functions have by themselves."""
    for function in functions:
        for node in ast.walk(function):
            match node:
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=str(name)):
                    yield name
                case _:
                    pass


def _is_part(name: str, whole: str) -> bool:
    """Whether a name is the first or the last words of another one."""
    parts = whole.casefold().split("_")
    own = name.casefold().split("_")
    is_end = own in (parts[: len(own)], parts[-len(own) :])
    return len(name) > _SHORT and len(own) < len(parts) and is_end


RULE = rule("outer-names", "NameError", candidates)
