r"""A text that is nearly JSON: written by Python, by hand, or by a model that talks around it.

Answers JSONDecodeError. What the trial then reads is compared with nothing, so the smallest change
of the text is tried first.

    {'a': 1}                      ->  ast.literal_eval(text)
    {"a": 1,}                     ->  json.loads(re.sub(r",\s*([}\]])", r"\1", text))
    ```json {"a": 1} ```          ->  json.loads(re.sub(r"^\s*```\w*|```\s*$", "", text))
    Sure! {"a": 1} Hope it helps  ->  json.loads(text[text.index("{") : text.rindex("}") + 1])
    {"a": 1}, on each line        ->  [json.loads(line) for line in text.splitlines()]
    a byte order mark             ->  json.loads(text.lstrip("\ufeff"))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, operand, replaced, together

_COMMA = (r're.sub(r",\s*([}\]])", r"\1", {o})', "Drop trailing commas", SURE)
_FENCE = (r're.sub(r"^\s*```\w*|```\s*$", "", {o})', "Drop the code fence", SURE)
_MARK = (r'{o}.lstrip("\ufeff")', "Drop the byte order mark", SURE)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To read what it is, or to take out what is JSON."""
    for call in scene.calls():
        if called(call) not in {"load", "loads"} or not call.args:
            continue
        text = operand(scene, call.args[0])
        text = f"{text}.read()" if called(call) == "load" else text
        yield from _cleaned(scene, call, text)
        yield from _otherwise(scene, call, text)


def _cleaned(scene: Scene, call: ast.Call, text: str) -> Iterator[Candidate]:
    loads = scene.text(call.func).removesuffix("loads").removesuffix("load") + "loads"
    for pattern, title, likely in (_COMMA, _FENCE, _MARK):
        new = f"{loads}({pattern.replace('{o}', text)})"
        yield _reading(scene, call, new, title, likely)
    if called(call) == "loads":
        for opening, closing in ("{}", "[]"):
            cut = f'{text}[{text}.index("{opening}") : {text}.rindex("{closing}") + 1]'
            yield _reading(scene, call, f"{loads}({cut})", "Read what is JSON of it", LIKELY)


def _otherwise(scene: Scene, call: ast.Call, text: str) -> Iterator[Candidate]:
    literal = f"ast.literal_eval({text})"
    yield _reading(scene, call, literal, "Read it as a literal of Python", LIKELY)
    if scene.said("Extra data"):
        loads = scene.text(call.func).removesuffix("loads").removesuffix("load") + "loads"
        source = f"{text}.splitlines()" if called(call) == "loads" else scene.text(call.args[0])
        lines = f"[{loads}(line) for line in {source} if line.strip()]"
        yield _reading(scene, call, lines, "Read each line", SURE)


def _reading(scene: Scene, call: ast.Call, text: str, title: str, likely: float) -> Candidate:
    used = [module for module in ("ast", "re") if f"{module}." in text]
    imports = [edit for module in used for edit in importing(scene, f"import {module}", module)]
    return Candidate(title, together(scene, *imports, replaced(scene, call, text)), likely)


RULE = rule("json-dialects", "JSONDecodeError", candidates)
