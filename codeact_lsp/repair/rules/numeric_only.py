"""A sum, a mean or the like of a whole table of which some columns are no numbers.

Answers TypeError and ValueError of pandas, which since version 2 leaves out nothing unasked.

    table.mean()                    ->  table.mean(numeric_only=True)
    table.groupby("city").mean()    ->  table.groupby("city").mean(numeric_only=True)
    table.corr()                    ->  table.corr(numeric_only=True)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead

_REDUCTIONS = frozenset(
    {"mean", "median", "sum", "std", "var", "min", "max", "corr", "cov", "corrwith", "quantile",
     "sem", "skew", "kurt", "prod"}
)  # fmt: skip
_SAID = (
    r"Cannot perform reduction|to numeric|does not support|could not convert string to float|"
    r"agg function failed|unsupported operand type|not supported between"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To leave out what is no number."""
    for call in scene.calls() if scene.said(_SAID) else ():
        words = {word.arg for word in call.keywords}
        is_method = isinstance(call.func, ast.Attribute)
        if called(call) in _REDUCTIONS and is_method and "numeric_only" not in words:
            kept = (scene.text(word) for word in call.keywords)
            text = call_of(scene, call, arguments(scene, call), [*kept, "numeric_only=True"])
            yield instead(scene, call, text, SURE)


RULE = rule("numeric-only", "TypeError ValueError", candidates)
