"""A text of JSON that is used as if it had been read already.

Answers TypeError and AttributeError. That it is JSON, its first characters tell.

    text["name"]       ->  json.loads(text)["name"]
    text.get("name")   ->  json.loads(text).get("name")
    for row in text: row["n"]   ->  for row in json.loads(text): row["n"]
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, replaced, together

_SAID = (
    r"string indices must be integers|"
    r"'(?:str|bytes)' object has no attribute '(?:get|items|keys|values|pop)'"
)
_JSON = re.compile(r"^b?['\"]\s*[\[{]")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What the text stands for, where it is used or where the variable gets it."""
    if not scene.said(_SAID):
        return
    match scene.failed:
        case ast.Subscript(value=owner) | ast.Attribute(value=owner):
            seen = scene.value(owner)
        case _:
            return
    if seen and _JSON.match(seen.value):
        imports = importing(scene, "import json", "json")
        text = f"json.loads({scene.text(owner)})"
        edit = together(scene, *imports, replaced(scene, owner, text))
        yield Candidate(f"Write '{text}'", edit, SURE)
    elif isinstance(owner, ast.Name) and seen and seen.type == "str":
        for loop in scene.loops:
            whole = scene.value(loop.iter)
            if ast.unparse(loop.target) == owner.id and whole and _JSON.match(whole.value):
                imports = importing(scene, "import json", "json")
                text = f"json.loads({scene.text(loop.iter)})"
                edit = together(scene, *imports, replaced(scene, loop.iter, text))
                yield Candidate(f"Write '{text}'", edit, LIKELY)


RULE = rule("json-texts", "TypeError AttributeError", candidates)
