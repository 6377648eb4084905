"""A folder among the files of a folder.

Answers IsADirectoryError and PermissionError, where all that a folder holds is gone through.

    for path in folder.iterdir(): path.read_text()   ->  if not path.is_file(): continue before it
    [open(p).read() for p in glob.glob("*")]         ->  ... if os.path.isfile(p)]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, line_before, replaced, together

_LISTINGS = frozenset({"iterdir", "glob", "rglob", "listdir", "iglob", "scandir"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To go past it."""
    for loop in scene.loops:
        listing = _listing(scene, loop.iter)
        if isinstance(loop.target, ast.Name) and listing:
            yield _past(scene, loop, *_asked(scene, loop.target.id, listing))


def _listing(scene: Scene, source: ast.expr) -> str:
    """The call that gives what a folder holds; nothing if none does."""
    made = [
        node.value for node in scene.nearby(ast.Assign)
        if ast.unparse(node.targets[0]) == ast.unparse(source)
    ]  # fmt: skip
    nodes = (node for each in (source, *made) for node in ast.walk(each))
    calls = (node for node in nodes if isinstance(node, ast.Call))
    return next((ast.unparse(call.func) for call in calls if called(call) in _LISTINGS), "")


def _asked(scene: Scene, name: str, listing: str) -> tuple[str, list[TextEdit]]:
    """What to ask of one of them, and what is to be imported for that."""
    if listing.startswith(("os.listdir", "listdir", "glob.", "iglob")):
        opened = next((each for each in scene.inside(ast.Call) if each.args), None)
        path = scene.text(opened.args[0]) if opened else name
        return f"os.path.isfile({path})", importing(scene, "import os", "os")
    return f"{name}.is_file()", []


def _past(
    scene: Scene, loop: ast.For | ast.comprehension, asked: str, imports: list[TextEdit]
) -> Candidate:
    title = f"Go past what is no file, by '{asked}'"
    if isinstance(loop, ast.comprehension):
        last = loop.ifs[-1] if loop.ifs else loop.iter
        text = f"{scene.text(last)} {'and' if loop.ifs else 'if'} {asked}"
        edit = replaced(scene, last, text)
    else:
        first = loop.body[0]
        margin = " " * (first.col_offset + 4)
        edit = line_before(scene, first, f"if not {asked}:\n{margin}continue")
    return Candidate(title, together(scene, edit, *imports), LIKELY)


RULE = rule("regular-files", "IsADirectoryError PermissionError", candidates)
