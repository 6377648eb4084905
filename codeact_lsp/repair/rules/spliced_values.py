"""A value that is put into a query of SQLite as text, and read there as the name of a column.

Answers OperationalError of `sqlite3`. Of values in a formatted text another rule knows.

    execute("... name = " + name)             ->  execute("... name = ?", (name,))
    execute("... name = '" + name + "'")      ->  execute("... name = ?", (name,))
    execute("... name = %s" % name)           ->  execute("... name = ?", (name,))
    execute("... name = '{}'".format(name))   ->  execute("... name = ?", (name,))
    execute("... name = Bern")                ->  execute("... name = ?", ("Bern",))
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import call_of, quoted, replaced

_SAID = r"no such column: (\w+)|syntax error|unrecognized token"
# Behind what a value stands, and no name of a table or column.
_COMPARED = re.compile(r"(?i)(?:[=<>(,]|\blike|\bbetween|\band|\blimit|\boffset)\s*['\"]?$")
_PLACES = {"%": re.compile(r"(['\"]?)%[sdr]\1"), "format": re.compile(r"(['\"]?)\{\}\1")}
_QUOTE = re.compile(r"['\"]")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The query with a mark for each value, and the values beside it."""
    said = scene.said(_SAID)
    for call in scene.calls() if said else ():
        if called(call) != "execute" or len(call.args) != 1:
            continue
        (query,) = call.args
        if isinstance(query, ast.Constant):
            yield from _bare(scene, call, query, said[1] if said and said[1] else "")
        elif parted := _parted(scene, query):
            yield _beside(scene, call, *parted, SURE)


def _beside(scene: Scene, call: ast.Call, text: str, values: list[str], likely: float) -> Candidate:
    row = f"({', '.join(values)}{',' if len(values) == 1 else ''})"
    edit = replaced(scene, call, call_of(scene, call, [text, row]))
    return Candidate("Hand the values over beside the query", edit, likely)


def _bare(scene: Scene, call: ast.Call, query: ast.Constant, word: str) -> Iterator[Candidate]:
    """A word that stands where a value does."""
    text = scene.text(query)
    found = [m for m in re.finditer(rf"\b{word}\b", text) if _COMPARED.search(text[: m.start()])]
    if word and len(found) == 1 and "?" not in text:
        new = f"{text[: found[0].start()]}?{text[found[0].end() :]}"
        yield _beside(scene, call, new, [f'"{word}"'], LIKELY)


def _parted(scene: Scene, query: ast.expr) -> tuple[str, list[str]] | None:
    """The query with marks for what is put into it, and that; None if it is put otherwise."""
    match query:
        case ast.BinOp(op=ast.Add()):
            return _of_sum(scene, list(_terms(query)))
        case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str()) as text, right=given):
            values = given.elts if isinstance(given, ast.Tuple) else [given]
            return _of_places(scene, text, values, "%")
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()) as text, attr="format")):
            return _of_places(scene, text, query.args, "format")
        case _:
            return None


def _of_places(
    scene: Scene, text: ast.Constant, values: list[ast.expr], way: str
) -> tuple[str, list[str]] | None:
    written = scene.text(text)
    found = list(_PLACES[way].finditer(written))
    if len(found) != len(values) or not all(
        _COMPARED.search(written[: each.start()]) for each in found
    ):
        return None
    return _PLACES[way].sub("?", written), [scene.text(each) for each in values]


def _terms(query: ast.expr) -> Iterator[ast.expr]:
    match query:
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            yield from _terms(left)
            yield from _terms(right)
        case _:
            yield query


def _of_sum(scene: Scene, terms: list[ast.expr]) -> tuple[str, list[str]] | None:
    """Its texts as one, in which each value is a mark and has no quotes around it any more."""
    text, values = "", list[str]()
    for term in terms:
        if isinstance(term, ast.Constant) and isinstance(term.value, str):
            is_quoted = bool(values) and text.endswith("?") and bool(_QUOTE.match(term.value))
            text += term.value[1:] if is_quoted else term.value
        elif _COMPARED.search(text):
            text = f"{text[:-1]}{_QUOTE.sub('', text[-1:])}?"
            values.append(_value(scene, term))
        else:
            return None
    first = next((each for each in terms if isinstance(each, ast.Constant)), None)
    return (quoted(scene, first, text), values) if first and values and "\n" not in text else None


def _value(scene: Scene, term: ast.expr) -> str:
    """What stands there; without the text that was made of it for the sum alone."""
    match term:
        case ast.Call(func=ast.Name("str"), args=[only], keywords=[]):
            return scene.text(only)
        case _:
            return scene.text(term)


RULE = rule("spliced-values", "OperationalError", candidates)
