"""Load a plan as a module under its real file name, so that tracebacks point into that file."""

import ast
import linecache
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

_HOOK = "__codeact_returned__"


class Returned:
    """Remembers which `return` statement of the node ran last; None: it ran off its end."""

    def __init__(self) -> None:
        self.index: int | None = None

    def __call__(self, index: int, value: Any) -> Any:
        """Note the statement and hand its value on."""
        self.index = index
        return value


def load(text: str, file: str, node: str, returned: Returned) -> types.ModuleType:
    """Execute a plan's text as a module.

    Raises:
        Exception: Whatever the plan's module level raises, SyntaxError included.
    """
    module = types.ModuleType(name_of(file))
    module.__file__ = file
    module.__dict__[_HOOK] = returned
    sys.modules[module.__name__] = module
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    tree = ast.parse(text, file)
    _note_returns(tree, node)
    exec(compile(tree, file, "exec", dont_inherit=True), module.__dict__)
    return module


def without_mark(text: str) -> str:
    """The text as it compiles: form feeds stand for a byte order mark, so that no column moves."""
    mark = "\ufeff"
    return "\f" * len(mark.encode()) + text[1:] if text.startswith(mark) else text


def function(module: types.ModuleType, name: str) -> Callable[..., Any]:
    """The node's function as the module left it, decorators applied."""
    found: Callable[..., Any] = module.__dict__[name]
    return found


def name_of(file: str) -> str:
    """The name under which a plan is loaded, and under which its classes are stored."""
    stem = Path(file).name.removesuffix(".py")
    return "".join(char if char.isalnum() else "_" for char in stem)


def _note_returns(tree: ast.Module, node: str) -> None:
    """Pass what the node's own `return` statements return through the hook.

    The expressions keep their places, so tracebacks do not change. A decorated function is left as
    it is: a compiling decorator may not know the hook.
    """
    for statement in reversed(tree.body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and statement.name == node:
            if not statement.decorator_list:
                _Hooks().hook(statement)
            return


class _Hooks(ast.NodeTransformer):
    def __init__(self) -> None:
        self._count = 0

    def hook(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        function.body = [self.visit(statement) for statement in function.body]

    def visit_Return(self, node: ast.Return) -> ast.Return:
        value = node.value or ast.copy_location(ast.Constant(None), node)
        arguments = [ast.copy_location(ast.Constant(self._count), node), value]
        name = ast.copy_location(ast.Name(_HOOK, ast.Load()), node)
        node.value = ast.copy_location(ast.Call(name, arguments, []), node)
        self._count += 1
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Go into statements only: an expression holds no `return`, and can be very deep."""
        return node if isinstance(node, ast.expr) else super().generic_visit(node)

    def _leave(self, node: ast.AST) -> ast.AST:
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = visit_ClassDef = _leave
