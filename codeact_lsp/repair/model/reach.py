"""Imports by which a model's answer would reach beyond the plan, at whatever level it is run."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits.function import FunctionDef

# The level of the sandbox bans them too, save where the user has loosened it for code of his own.
_REACHING = frozenset({
    "socket", "ssl", "urllib.request", "urllib3", "http.client", "ftplib", "smtplib", "imaplib",
    "poplib", "nntplib", "telnetlib", "xmlrpc", "requests", "httpx", "aiohttp", "websockets",
    "paramiko", "boto3", "webbrowser", "subprocess", "multiprocessing", "pty", "ctypes", "cffi",
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "importlib", "imp", "runpy",
    "shutil", "code", "codeop",
})  # fmt: skip


def reaching_imports(function: FunctionDef, plan: Plan) -> list[str]:
    """Those that a function has and its plan had not."""
    known = {name for piece in plan.document.pieces for name in _imported(piece.tree)}
    return [name for name in _imported(function) if name not in known and _reaches(name)]


def _reaches(name: str) -> bool:
    parts = name.split(".")
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
