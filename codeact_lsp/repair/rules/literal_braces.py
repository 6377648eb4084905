"""A text with braces of its own, as JSON and CSS have, that is used as a form.

Answers KeyError, ValueError and IndexError of `format`. What nobody gives a value for is taken for
a part of the text.

    'Answer as {"name": "..."}: {text}'.format(text=t)  ->  'Answer as {{"name": "..."}}: {text}'
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import replaced

# A single word may be the name of a value that is still to be given.
_WORD = r"^'?\w+'?$"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The text with those braces doubled."""
    if scene.error.type == "KeyError" and scene.said(_WORD):
        return
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Attribute(value=form, attr="format")):
                names = {str(word.arg) for word in call.keywords}
                places = {str(number) for number in range(len(call.args))}
                for there, text in _written(scene, form):
                    new = _doubled(
                        there.text(text), names | places | ({""} if call.args else set())
                    )
                    if new != there.text(text):
                        yield Candidate("Double the braces", replaced(there, text, new), SURE)
            case _:
                pass


def _written(scene: Scene, form: ast.expr) -> Iterator[tuple[Scene, ast.Constant]]:
    """Where the text is written: there, or where a variable of the function or the plan is set."""
    if isinstance(form, ast.Constant):
        yield scene, form
        return
    name = ast.unparse(form)
    for there, node in scene.everywhere(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=made)], value=ast.Constant(value=str()) as text):
                if made == name:
                    yield there, text
            case _:
                pass


def _doubled(text: str, known: set[str]) -> str:
    """A text with all braces doubled but those of the fields that get a value."""
    if re.search(r"{\d", text):
        known = known - {""}  # Who numbers one field, numbers all.
    fields = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    # Two that close are doubled only where two that open are; else they end one within another.
    doubled = r"{{|}}|" if "{{" in text else ""
    rest = r"(?:[.\[][^{}]*)?(?:![rsa])?(?::[^{}]*)?"
    field = re.compile(rf"({doubled}{{(?:{fields}){rest}}})")
    parts = field.split(text)
    # Every second one is a field, or is doubled already.
    return "".join(
        part if number % 2 else part.replace("{", "{{").replace("}", "}}")
        for number, part in enumerate(parts)
    )


RULE = rule("literal-braces", "KeyError ValueError IndexError", candidates)
