"""Values that are no numbers among those that a number is made of.

Answers ValueError. NumPy's largest of values of which one is missing is missing, too; it has other
functions that pass it by. A text that stands for no number, as of a survey, is left out with its
row: that it is of no use the code does not tell, and so this only stops the crash.

    int(np.max(values))                  ->  int(np.nanmax(values))
    int(values.mean())                   ->  int(np.nanmean(values))
    sum(int(row["n"]) for row in rows)   ->  ... for row in rows if row["n"] != "n/a"
    for row in rows: total += int(row)   ->  if row == "n/a": continue, before it
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, line_before, operand, quoted

_NAN = r"cannot convert float NaN to integer"
_NO_NUMBER = (
    r"could not convert string to float: '([^']*)'|invalid literal for int\(\) .*: '([^']*)'"
)
_REDUCED = frozenset({"max", "min", "mean", "sum", "median", "std", "var", "prod", "percentile"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To pass them by."""
    if scene.said(_NAN):
        yield from _passing_by(scene)
    elif said := scene.said(_NO_NUMBER):
        text = said[1] or said[2] or ""
        if text.strip() and not any(map(str.isdigit, text)):
            yield from _left_out(scene, text)


def _passing_by(scene: Scene) -> Iterator[Candidate]:
    names = [name for name, home in scene.imported.items() if home == "numpy"]
    for call in scene.nearby(ast.Call) if names else ():
        match call.func:
            case ast.Attribute(value=owner, attr=name) if name in _REDUCED:
                whole = scene.text(owner)
                given = [] if whole == names[0] else [whole]
                given += map(scene.text, call.args)
                text = f"{names[0]}.nan{name}({', '.join([*given, *_words(scene, call)])})"
                yield instead(scene, call, text, LIKELY)
            case _:
                pass


def _words(scene: Scene, call: ast.Call) -> list[str]:
    return [scene.text(word) for word in call.keywords]


def _left_out(scene: Scene, text: str) -> Iterator[Candidate]:
    for call in scene.calls():
        if called(call) not in {"int", "float", "Decimal"} or not call.args:
            continue
        asked = operand(scene, call.args[0])
        written = quoted(scene, call, text)
        title = f"Leave out what is {written}"
        for around in scene.around(call, ast.AST):
            match around:
                case ast.For(body=[first, *_]):
                    margin = " " * (first.col_offset + 4)
                    line = f"if {asked} == {written}:\n{margin}continue"
                    edit = line_before(scene, first, line)
                    yield Candidate(title, edit, GUESS, hides=True)
                    return
                case (
                    ast.ListComp(generators=[only])
                    | ast.SetComp(generators=[only])
                    | ast.GeneratorExp(generators=[only])
                    | ast.DictComp(generators=[only])
                ):
                    last = only.ifs[-1] if only.ifs else only.iter
                    test = f"{'and' if only.ifs else 'if'} {asked} != {written}"
                    whole = f"{scene.text(last)} {test}"
                    yield instead(scene, last, whole, GUESS, title, hides=True)
                    return
                case _:
                    pass


RULE = rule("not-numbers", "ValueError", candidates)
