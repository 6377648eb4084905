"""A text with places for values, and values that do not fit them.

Answers TypeError, ValueError, KeyError and IndexError.

    "{name}".format(person)       ->  "{name}".format(**person)
    "{} {}".format(pair)          ->  "{} {}".format(*pair)
    "pair %s" % pair              ->  "pair %s" % (pair,)
    "%d" % "3"                    ->  "%s" % "3"
    f"{price:.2f}", of a text     ->  f"{float(price):.2f}"
    f"{n:d}", of a float          ->  f"{n:.0f}"
    f"{n:05d}", of a float        ->  f"{int(n):05d}"
    "{:d}".format(n), of a float  ->  "{:.0f}".format(n)
    "{:.2f}".format(price)        ->  "{:.2f}".format(float(price)), of a text
    f"{x:>9}", of None            ->  f"{x!s:>9}"
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import call_of, instead

_CODE = r"Unknown format code '(?P<code>[\w%])' for object of type '(?P<type>\w+)'"
_UNSUPPORTED = r"unsupported format string passed to \w+\.__format__"
_TEXT_FOR_NUMBER = r"%(\w) format: (?:a real number|an integer) is required, not str"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The values as they are asked for, or the places as the values are."""
    for call in scene.calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr == "format":
            yield from _spread(scene, call)
            yield from _of_template(scene, call, call.func.value)
    for node in scene.inside(ast.BinOp):
        if isinstance(node.op, ast.Mod):
            yield from _of_percent(scene, node)
    for text in scene.inside(ast.JoinedStr):
        yield from _of_fstring(scene, text)


def _spread(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Starred):
        star = {"KeyError": "**", "IndexError": "*"}.get(scene.error.type)
        # Nobody puts the letters of a text into places of their own.
        if star and scene.kind(call.args[0]) != "str":
            yield instead(
                scene, call, call_of(scene, call, [star + scene.text(call.args[0])]), SURE
            )


def _of_template(scene: Scene, call: ast.Call, template: ast.expr) -> Iterator[Candidate]:
    """A place that only whole numbers fit, or a value that is a text and stands for a number."""
    said, written = scene.said(_CODE), scene.text(template)
    if said is None or not isinstance(template, ast.Constant):
        return
    if said["code"] == "d" and said["type"] == "float" and written.count(":d}") == 1:
        new = written.replace(":d}", ":.0f}")
        yield instead(scene, template, new, LIKELY, "Write ':.0f'")
    elif said["type"] == "str":
        values = [*call.args, *(word.value for word in call.keywords)]
        for value in values if len(values) == 1 else ():
            yield instead(scene, value, f"float({scene.text(value)})", LIKELY)


def _of_percent(scene: Scene, node: ast.BinOp) -> Iterator[Candidate]:
    if scene.said("not all arguments converted") and not isinstance(node.right, ast.Tuple):
        yield instead(scene, node.right, f"({scene.text(node.right)},)", SURE)
    said = scene.said(_TEXT_FOR_NUMBER)
    if said and scene.text(node.left).count(f"%{said[1]}") == 1:
        text = scene.text(node.left).replace(f"%{said[1]}", "%s")
        yield instead(scene, node.left, text, LIKELY)


def _of_fstring(scene: Scene, text: ast.JoinedStr) -> Iterator[Candidate]:
    """Places are found by how they are written: inside of them Python 3.11 knows no columns."""
    said, written = scene.said(_CODE), scene.text(text)
    for part in text.values:
        if not (isinstance(part, ast.FormattedValue) and part.format_spec):
            continue
        value = ast.unparse(part.value)
        if written.count(f"{{{value}:") != 1:
            continue
        if said and said["type"] == "str":
            new = written.replace(f"{{{value}:", f"{{float({value}):")
            yield instead(scene, text, new, LIKELY, f"Write 'float({value})'")
        elif said and said["code"] == "d" and f"{{{value}:d" not in written:
            new = written.replace(f"{{{value}:", f"{{int({value}):")
            yield instead(scene, text, new, LIKELY, f"Write 'int({value})'")
        elif said and said["code"] == "d":
            new = written.replace(f"{{{value}:d", f"{{{value}:.0f")
            yield instead(scene, text, new, LIKELY, f"Write '{value}:.0f'")
        elif scene.said(_UNSUPPORTED):
            new = written.replace(f"{{{value}:", f"{{{value}!s:")
            yield instead(scene, text, new, LIKELY, f"Write '{value}!s'")


RULE = rule("formats", "TypeError ValueError KeyError IndexError", candidates)
