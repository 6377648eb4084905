"""A name that nobody imported.

Answers NameError. Modules are known by the names that Python lists; of what they hold, the names
that are public in modules which plans commonly use. Some names have become customs.

    json.loads(text)   ->  import json
    Path("a.csv")      ->  from pathlib import Path
    log2(share)        ->  math.log2(share), where math is imported
    np.mean(values)    ->  import numpy as np
"""

import ast
import sys
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.standard_library import homes
from codeact_lsp.repair.writing import importing, replaced, together

# As the projects themselves write it in their own documentation.
_CUSTOMS = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "pl": "import polars as pl",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "dt": "import datetime as dt",
}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To import it, or to say in which of the modules that are imported it is."""
    fact = scene.error.fact
    if fact is None or fact.kind != "name":
        return
    name = fact.name
    if name in _CUSTOMS:
        yield _imported(scene, _CUSTOMS[name], SURE)
    if name in sys.stdlib_module_names and _is_looked_into(scene, name):
        yield _imported(scene, f"import {name}", SURE)
    for rank, home in enumerate(homes(name)):
        if scene.imported.get(home) == home:
            yield _prefixed(scene, name, home)
        else:
            yield _imported(scene, f"from {home} import {name}", SURE - rank / 10)


def _imported(scene: Scene, line: str, likely: float) -> Candidate:
    return Candidate(f"Add '{line}'", together(scene, *importing(scene, line)), likely)


def _prefixed(scene: Scene, name: str, home: str) -> Candidate:
    uses = [node for node in ast.walk(scene.piece.tree) if isinstance(node, ast.Name)]
    edits = (replaced(scene, use, f"{home}.{name}") for use in uses if use.id == name)
    return Candidate(f"Write '{home}.{name}'", together(scene, *edits), SURE)


def _is_looked_into(scene: Scene, name: str) -> bool:
    """Whether something of it is asked for, as one does with modules."""
    owners = (n.value for n in ast.walk(scene.piece.tree) if isinstance(n, ast.Attribute))
    return any(isinstance(owner, ast.Name) and owner.id == name for owner in owners)


RULE = rule("unimported", "NameError", candidates)
