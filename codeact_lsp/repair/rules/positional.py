"""A value in brackets where a library, or a function of the plan, wants it with its name.

Answers TypeError. The table beside this file has the parameters of the functions that are commonly
called so, most of them of pandas, which since version 2 takes few of them by their place.

    table.drop("n", 1)               ->  table.drop("n", axis=1)
    names.str.split(" ", 1)          ->  names.str.split(" ", n=1)
    json.dumps(row, 2)               ->  json.dumps(row, indent=2)
    sorted(rows, by_name)            ->  sorted(rows, key=by_name)
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import FUNCTIONS, Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead

_TOO_MANY = (
    r"takes (?:from \d+ to )?\d+ positional arguments? but \d+|takes no positional arguments|"
    r"expected \d+ arguments?, got \d+"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The last values with their names."""
    for call in scene.calls() if scene.said(_TOO_MANY) else ():
        names, likely = _names(scene, call)
        given = arguments(scene, call)
        for kept in reversed(range(len(given))):
            if len(names) >= len(given):
                pairs = zip(names[kept:], given[kept:], strict=False)
                words = [f"{name}={value}" for name, value in pairs]
                words += [scene.text(word) for word in call.keywords]
                text = call_of(scene, call, given[:kept], words)
                yield instead(scene, call, text, likely - (len(given) - kept) / 50)


def _names(scene: Scene, call: ast.Call) -> tuple[Sequence[str], float]:
    """The names of what is given, in order, and how sure that is."""
    for piece in scene.plan.document.pieces:
        for node in piece.tree.body:
            if isinstance(node, FUNCTIONS) and node.name == ast.unparse(call.func):
                args = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                return [each.arg for each in args], SURE
    return _table().get(called(call), ()), LIKELY + 0.08


@cache
def _table() -> Mapping[str, Sequence[str]]:
    text = resources.files(__package__).joinpath("positional.toml").read_text("utf-8")
    return tomllib.loads(text)


RULE = rule("positional", "TypeError", candidates)
