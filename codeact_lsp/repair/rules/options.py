"""An option that a function does not have, or a number or a truth that is written as a text.

Answers TypeError and ValueError. The options are those of the message; of some functions that name
none, they are listed here.

    df.to_dict("record")               ->  df.to_dict("records")
    shares.astype("integer")           ->  shares.astype("int")
    df.sort_values("n", ascending="False")   ->  df.sort_values("n", ascending=False)
    enumerate(rows, start="1")         ->  enumerate(rows, start=1)
    df.query("status = 'new'")         ->  df.query("status == 'new'")
"""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, quoted

KINDS = {
    "integer": "int", "integers": "int", "double": "float", "decimal": "float", "numeric": "float",
    "number": "float", "text": "str", "varchar": "str", "boolean": "bool", "date": "datetime64[ns]",
}  # fmt: skip
"""What is taken for the name of a type, and the name that NumPy and pandas have for it."""
_KNOWN = {
    "to_dict": ("records", "list", "series", "split", "tight", "index", "dict"),
    "merge": ("left", "right", "outer", "inner", "cross"),
    "join": ("left", "right", "outer", "inner", "cross"),
    "drop_duplicates": ("first", "last"),
    "rank": ("average", "min", "max", "first", "dense"),
    "corr": ("pearson", "kendall", "spearman"),
    "histogram": ("auto", "fd", "doane", "scott", "stone", "rice", "sturges", "sqrt"),
}
_WORD = re.compile(r"['\"]([A-Za-z_]\w*)['\"]|\b([a-z_]{3,})\b")
_PLAIN = frozenset({"int", "float", "bool"})
_ASSIGNMENT = re.compile(r"(?<![=!<>])=(?!=)")
_LEAST_ALIKE = 0.6
# Where it tells which ones there are, but not which one it got.
_LISTED = r"(?i)\b(?:use|must be|should be|expected|choose) (?:one|any|either)? ?(?:of)? ?\W*'\w+',"
_WANTS_NO_TEXT = (
    r"expected type bool|'str' object cannot be interpreted|not '?str'?|received type str|"
    r"and 'str'|is not a valid|got '?str"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The option that was meant, or the value that the text stands for."""
    for call in scene.calls():
        if called(call) in {"query", "eval"} and scene.said("cannot assign without a target"):
            yield from _compared(scene, call)
        for given in (*call.args, *(word.value for word in call.keywords)):
            match given:
                case ast.Constant(value=str(text)) as written:
                    yield from _meant(scene, call, written, text)
                    yield from _unquoted(scene, written, text)
                case _:
                    pass


def _meant(scene: Scene, call: ast.Call, written: ast.Constant, text: str) -> Iterator[Candidate]:
    """One like it, where the message complains of that very text."""
    if not text or (text not in scene.error.message and not scene.said(_LISTED)):
        return
    if text.lower() in KINDS and scene.said("data type|dtype"):
        new = KINDS[text.lower()]
        yield instead(scene, written, quoted(scene, written, new), SURE)
        return
    words = (one or other for one, other in _WORD.findall(scene.error.message))
    known = [*_KNOWN.get(called(call), ()), *words]
    for option in get_close_matches(
        text, [each for each in known if each != text], 1, _LEAST_ALIKE
    ):
        yield instead(scene, written, quoted(scene, written, option), LIKELY + 0.05)


def _unquoted(scene: Scene, written: ast.Constant, text: str) -> Iterator[Candidate]:
    if not scene.said(_WANTS_NO_TEXT):
        return
    try:
        value = ast.literal_eval(text.strip().capitalize())
    except (ValueError, SyntaxError):
        return
    if type(value).__name__ in _PLAIN:
        yield instead(scene, written, repr(value), SURE)


def _compared(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Two signs, as a comparison has them."""
    for given in call.args[:1]:
        new = _ASSIGNMENT.sub("==", scene.text(given))
        if isinstance(given, ast.Constant) and new != scene.text(given):
            yield instead(scene, given, new, SURE)


RULE = rule("options", "TypeError ValueError", candidates)
