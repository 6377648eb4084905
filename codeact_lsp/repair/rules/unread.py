"""A name that does not exist, where another one of the function is set and never read.

Answers NameError. Whoever renames a variable misses a place: then a name is read that nobody sets,
and one is set that nobody reads.

    def area(width, height): return width * h   ->  return width * height
    found = []; found.append(x); return result  ->  return found
"""

from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, in_places, rule
from codeact_lsp.repair.names import names_of, unread
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import replaced, together

_MOST = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The name that is set for nothing, wherever the other one is read."""
    fact, function = scene.error.fact, scene.function(scene.first)
    if fact is None or fact.kind != "name" or function is None:
        return
    idle = unread(scene, function)
    uses = [node for node in names_of(function) if node.id == fact.name]
    likely = LIKELY - 0.05 if len(idle) == 1 else POSSIBLE
    for name in idle[:_MOST]:
        edit = together(scene, *(replaced(scene, use, name) for use in uses))
        title = f"Rename '{fact.name}' to '{name}'{in_places(len(uses))}"
        yield Candidate(title, edit, likely)


RULE = rule("unread", "NameError", candidates)
