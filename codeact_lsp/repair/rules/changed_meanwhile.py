"""A container that is changed by the loop that goes through it.

Answers RuntimeError.

    for item in seen: seen.remove(item)   ->  for item in list(seen): seen.remove(item)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To go through a copy."""
    if scene.said(r"changed (?:size )?during iteration|mutated during iteration"):
        for loop in scene.around(scene.first, ast.For):
            yield instead(scene, loop.iter, f"list({scene.text(loop.iter)})", SURE)


RULE = rule("changed-meanwhile", "RuntimeError", candidates)
