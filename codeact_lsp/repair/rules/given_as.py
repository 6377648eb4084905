"""A path, a text or an open file where a function wants another of the three.

Answers TypeError, AttributeError and KeyError, and FileNotFoundError of what is no path at all.

    csv.DictReader(path)           ->  csv.DictReader(open(path))
    json.dump(rows, path)          ->  json.dump(rows, open(path, "w"))
    csv.writer(path)               ->  csv.writer(open(path, "w", newline=""))
    pickle.load(path)              ->  pickle.load(open(path, "rb"))
    open(file)                     ->  file
    ET.parse(text)                 ->  ET.fromstring(text), of what begins with "<"
    config.read(text)              ->  config.read_string(text), of what has several lines
    pd.read_csv(text)              ->  pd.read_csv(io.StringIO(text))
    read.split(","), of lines      ->  file.read().split(",")
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    replaced,
    together,
)

_WRITERS = {"dump": "w", "writer": "w", "DictWriter": "w"}
_NO_FILE = (
    r"has no attribute '(?:write|read|readline)'|must have a \"write\" method|"
    r"must have 'read' and 'readline'|file must have"
)
_TEXT_READERS = {"parse": "fromstring", "read": "read_string"}
_TABLES = frozenset(
    {"read_csv", "read_json", "read_html", "read_fwf", "read_table", "loadtxt", "genfromtxt"}
)
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What it wants, made of what it was given."""
    if scene.error.type in {"KeyError", "TypeError"}:
        yield from _read_by_character(scene)
    for call in scene.calls():
        if scene.said(_NO_FILE):
            yield from _opened(scene, call)
        elif scene.said(r"os.PathLike object, not \w*(?:TextIO|Buffered|StringIO)"):
            if called(call) == "open" and call.args:
                yield instead(scene, call, scene.text(call.args[0]), SURE)
        elif scene.error.type in {"FileNotFoundError", "OSError"} and call.args:
            yield from _as_text(scene, call)
    if scene.error.type in {"NoSectionError", "KeyError"}:
        for call in scene.nearby(ast.Call):
            if called(call) == "read" and len(call.args) == 1:
                new = f"{scene.text(call.func)}_string({scene.text(call.args[0])})"
                yield instead(scene, call, new, LIKELY + 0.05)


def _opened(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The file that a path is of, as the function needs it open."""
    name, places = called(call), {"dump": 1, "writer": 0, "DictWriter": 0, "load": 0}
    at = places.get(name)
    if (
        at is None
        or len(call.args) <= at
        or scene.kind(call.args[at]) not in {"str", "PosixPath", None}
    ):
        return
    module = scene.text(call.func).rpartition(".")[0]
    is_binary = module in {"pickle", "marshal", "tomllib", "joblib"}
    mode = _WRITERS.get(name, "r") + ("b" if is_binary else "")
    words = [f'"{mode}"'] if mode != "r" else []
    words += ['newline=""'] if module == "csv" else []
    text = f"open({', '.join([scene.text(call.args[at]), *words])})"
    yield instead(scene, call.args[at], text, LIKELY)


def _read_by_character(scene: Scene) -> Iterator[Candidate]:
    """A path of which the letters were taken for lines."""
    for call in scene.nearby(ast.Call):
        match call:
            case ast.Call(args=[ast.Name(id=name) as path, *_]) if called(call) in {
                "DictReader",
                "reader",
            } and name in {e.arg for e in scene.nearby(ast.arg)}:
                new = call_of(
                    scene, call, [f'open({name}, newline="")', *arguments(scene, call)[1:]]
                )
                if not _is_opened(scene, path):
                    yield instead(scene, call, new, LIKELY)
            case _:
                pass


def _is_opened(scene: Scene, path: ast.Name) -> bool:
    texts = {ast.unparse(item.context_expr) for item in scene.nearby(ast.withitem)}
    return any(path.id in text for text in texts)


def _is_text(scene: Scene, node: ast.expr) -> bool:
    """Whether what was seen has what a text has and a path has not."""
    seen = scene.value(node)
    return (
        seen is not None and seen.type == "str" and ("\\n" in seen.value or "<" in seen.value[:3])
    )


def _as_text(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    first = call.args[0]
    if not (
        _is_text(scene, first)
        or scene.said(r"directory: '[<\[{\\]|directory: '.*\\n|name too long")
    ):
        return
    name, text = called(call), scene.text(first)
    if name in _TEXT_READERS:
        head = scene.text(call.func).removesuffix(name)
        new = f"{head}{_TEXT_READERS[name]}({', '.join(arguments(scene, call))})"
        yield instead(scene, call, new, SURE)
    elif name in _TABLES:
        imports = importing(scene, "import io", "io")
        edit = together(scene, *imports, replaced(scene, first, f"io.StringIO({text})"))
        yield Candidate("Read the text itself, by 'io.StringIO'", edit, SURE)
    elif name == "open" and call in {item.context_expr for item in scene.nearby(ast.withitem)}:
        imports = importing(scene, "import io", "io")
        edit = together(scene, *imports, replaced(scene, call, f"io.StringIO({text})"))
        yield Candidate("Read the text itself, by 'io.StringIO'", edit, LIKELY)


RULE = rule(
    "given-as",
    "TypeError AttributeError KeyError FileNotFoundError OSError NoSectionError",
    candidates,
)
