"""More that is to be drawn than there is to draw from.

Answers ValueError. Whether fewer are meant, or the same ones again, the code does not tell.

    random.sample(names, 5)             ->  random.sample(names, min(5, len(names)))
    random.sample(names, 5)             ->  random.choices(names, k=5)
    rng.choice(names, 5, replace=False) ->  rng.choice(names, min(5, len(names)), replace=False)
    df.sample(100)                      ->  df.sample(min(100, len(df)))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, replaced

_SAID = r"(?i)larger (?:sample )?than (?:the )?population"
_PAIR = 2
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """As many as there are; or with repetition."""
    for call in scene.calls() if scene.said(_SAID) else ():
        many, number = _drawn(call)
        if many is None or number is None:
            continue
        least = f"min({scene.text(number)}, len({scene.text(many)}))"
        yield instead(scene, number, least, POSSIBLE + _MARGIN)
        module = scene.text(call.func).rpartition(".")[0]
        if called(call) == "sample" and len(call.args) == _PAIR:
            text = f"{module}.choices({scene.text(many)}, k={scene.text(number)})"
            yield instead(scene, call, text, POSSIBLE)
        for word in call.keywords:
            if word.arg == "replace":
                yield Candidate(
                    "Draw with 'replace=True'", replaced(scene, word.value, "True"), POSSIBLE
                )


def _drawn(call: ast.Call) -> tuple[ast.expr | None, ast.expr | None]:
    """What is drawn from, and how many."""
    words = {word.arg: word.value for word in call.keywords}
    number = words.get("k") or words.get("n") or words.get("size")
    match call.func, call.args:
        case _, [many, given, *_]:
            return many, given
        case ast.Attribute(value=table), [given] if called(call) == "sample" and number is None:
            return table, given
        case _, [many] if number is not None:
            return many, number
        case ast.Attribute(value=table), []:
            return table, number
        case _:
            return None, None


RULE = rule("larger-samples", "ValueError", candidates)
