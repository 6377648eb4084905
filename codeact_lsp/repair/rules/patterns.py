r"""A pattern of a regular expression that means itself, but holds what patterns are written with.

Answers re.error.

    re.split("+", text)        ->  re.split(r"\+", text)
    re.findall("(a", text)     ->  re.findall(r"\(a", text)
    re.sub(mark, "", text)     ->  re.sub(re.escape(mark), "", text)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, replaced, together


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The character at which the pattern fails as itself; the whole pattern as itself."""
    said = scene.said(r" at position (\d+)")
    for call in scene.calls():
        match call.args:
            case [ast.Constant(value=str(pattern)) as written, *_] if said:
                yield from _escaped(scene, written, pattern, int(said[1]))
            case [ast.Name() | ast.Attribute() | ast.Subscript() as pattern, *_]:
                text = f"re.escape({scene.text(pattern)})"
                imports = importing(scene, "import re", "re")
                edit = together(scene, *imports, replaced(scene, pattern, text))
                yield Candidate(f"Write '{text}'", edit, LIKELY)
            case _:
                pass


def _escaped(scene: Scene, written: ast.Constant, pattern: str, at: int) -> Iterator[Candidate]:
    new = f"{pattern[:at]}\\{pattern[at:]}"
    quote = "'" if '"' in new else '"'
    if quote not in new and "\n" not in new:
        yield instead(scene, written, f"r{quote}{new}{quote}", SURE)


RULE = rule("patterns", "error PatternError", candidates)
