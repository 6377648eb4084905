"""By what a model's answer would reach beyond its function, at whatever level it is run."""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits.function import FunctionDef

# The level of the sandbox bans them too, save where the user has loosened it for code of his own.
_REACHING = frozenset({
    "socket", "ssl", "urllib.request", "urllib3", "http.client", "ftplib", "smtplib", "imaplib",
    "poplib", "nntplib", "telnetlib", "xmlrpc", "requests", "httpx", "aiohttp", "websockets",
    "paramiko", "boto3", "webbrowser", "subprocess", "multiprocessing", "pty", "ctypes", "cffi",
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "importlib", "imp", "runpy",
    "shutil", "code", "codeop", "builtins", "gc", "inspect",
    "posix",
})  # fmt: skip
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# By these a function gets at the insides of others, and at what nobody has given it.
_INSIDES = frozenset({
    "globals", "__builtins__", "__globals__", "__code__", "__closure__", "__defaults__",
    "__kwdefaults__", "__dict__", "__subclasses__", "__bases__", "__mro__", "__loader__",
    "__spec__",
})  # fmt: skip
# At the level `off` nothing holds these, and no repair of a plan that writes nothing begins to.
_WRITING = frozenset({
    "write_text", "write_bytes", "unlink", "rmdir", "touch", "symlink_to", "hardlink_to", "chmod",
})  # fmt: skip
_MODE = re.compile(r"(?=.*[wax+])[rwaxbt+]{1,3}")
_WRITES = "a write to a file"


def reaching_imports(function: FunctionDef, plan: Plan) -> list[str]:
    """Those that a function has and its plan had not."""
    known = {name for piece in plan.document.pieces for name in _imported(piece.tree)}
    return [name for name in _imported(function) if name not in known and _reaches(name)]


def reaching_names(function: FunctionDef, plan: Plan) -> list[str]:
    """What a function uses, and its plan did not, to change more than its own result.

    Names of the plan that it would set, other functions above all, and insides of objects.
    """
    pieces = [piece.tree for piece in plan.document.pieces]
    known = {name for tree in pieces for name in (*_named(tree), *_written(tree))}
    others = {each.name for tree in pieces for each in tree.body if isinstance(each, _NAMED)}
    return [
        *(name for name in _named(function) if name not in known),
        *(name for name in _set_in(function) if name in others),
    ]


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Global(names=names):
                yield from (f"global {name}" for name in names)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _INSIDES:
                yield name
            case ast.Attribute(value=ast.Name("sys") | ast.Attribute(attr="sys"), attr="modules"):
                yield "sys.modules"
            case ast.Attribute(attr=name) if name in _WRITING:
                yield _WRITES
            case ast.Call(func=ast.Name("open") | ast.Attribute(attr="open")) if _to_write(node):
                yield _WRITES
            case _:
                pass


def _to_write(call: ast.Call) -> bool:
    """Whether a file is opened to be written, by its mode."""
    # A path has the mode first, the function the file.
    positional = call.args[1:] if isinstance(call.func, ast.Name) else call.args
    given = (*positional, *(each.value for each in call.keywords if each.arg == "mode"))
    modes = [each.value for each in given if isinstance(each, ast.Constant)]
    return any(isinstance(mode, str) and _MODE.fullmatch(mode) for mode in modes)


def _written(tree: ast.AST) -> Iterator[str]:
    """That the plan writes to something, and so may write to a file when it is repaired."""
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    yield from (_WRITES for name in attributes if name in {"write", "writelines"})


def _set_in(function: FunctionDef) -> Iterator[str]:
    """The names of objects of which something is set or deleted."""
    for node in ast.walk(function):
        match node:
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[ast.Name(id=name), *_]):
                yield name
            case _:
                pass


def _reaches(name: str) -> bool:
    parts = name.split(".")
    # What a module of the standard library keeps private is what others of it are listed for.
    if parts[0].startswith("_") and parts[0] != "__future__":
        return True
    return any(".".join(parts[:count]) in _REACHING for count in range(1, len(parts) + 1))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{each.name}" for each in names)
            case _:
                pass
