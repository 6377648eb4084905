"""A function of Python's own that is called where that of a module, of the same name, was meant.

Answers TypeError and ValueError. Without its module the name exists, so nothing is said of it.

    compile(r"a+", re.I)  ->  re.compile(r"a+", re.I)
    open(path, os.O_EXCL) ->  os.open(path, os.O_EXCL)
"""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.standard_library import public
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The function of that name of each module that the plan imports."""
    for call in scene.calls():
        match call.func:
            case ast.Name(id=name) as function if hasattr(builtins, name):
                if name not in scene.plan.names | scene.bound:
                    for bound, module in scene.imported.items():
                        if name in public(module):
                            yield instead(scene, function, f"{bound}.{name}", LIKELY)
            case _:
                pass


RULE = rule("builtin-names", "TypeError ValueError", candidates)
