"""A file that is not where it is looked for.

Answers FileNotFoundError. What there is like it was seen by the worker, which sees no more than the
node may.

    open("Data/rates.json")       ->  open("data/rates.json")
    folder / "rate.json"          ->  folder / "rates.json"
"""

import ast
from collections.abc import Iterator
from pathlib import PurePath

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import quoted, replaced


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each way to write a path that exists in the place of a part of the one that does not."""
    fact = scene.error.fact
    if fact is None or fact.kind != "file":
        return
    for rank, option in enumerate(fact.options):
        for literal in scene.nearby(ast.Constant):
            if isinstance(literal.value, str):
                new = _respelt(literal.value, fact.name, option)
                if new is not None and new != literal.value:
                    edit = replaced(scene, literal, quoted(scene, literal, new))
                    yield Candidate(f"Read '{option}'", edit, SURE - rank / 10)


def _respelt(text: str, missing: str, option: str) -> str | None:
    """What a part of the missing path has to be for the whole to be the option."""
    if text == missing:
        return option
    if text and missing.endswith(text):
        head = missing[: -len(text)]
        return option[len(head) :] if option.startswith(head) else None
    if text == PurePath(missing).name:
        return PurePath(option).name
    return None


RULE = rule("paths", "FileNotFoundError", candidates)
