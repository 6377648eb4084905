"""Statements at module level that act: they run again for every node, since each loads the plan."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.problems.problem import Problem, Severity

# What a call is known to do, by its name as it is written; `()` stands for a call in it.
_ACTS = re.compile(
    r"(?:p?print|pprint\.pprint)|input|breakpoint|exit|quit|sys\.exit|time\.sleep|asyncio\.run|webbrowser\.open"
    r"|(?:requests|httpx|session)\.(?:get|post|put|patch|delete|head|request|stream)"
    r"|(?:urllib\.request\.)?url(?:open|retrieve)"
    r"|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)"
    r"|os\.(?:system|popen|remove|unlink|rename|replace|makedirs|mkdir|rmdir|removedirs|kill|fork)"
    r"|shutil\.(?:rmtree|copy\w*|move|make_archive|unpack_archive)"
    r"|(?:sqlite3|psycopg2?|pymysql|duckdb|pyodbc|oracledb)\.connect"
    r"|.*\.(?:write|writelines|write_text|write_bytes|to_csv|to_parquet|to_excel|to_sql|savefig"
    r"|mkdir|touch|unlink|rmdir)"
)
_READS = re.compile(
    r"open|(?:pd|pandas|pl|polars|gpd|geopandas)\.read_\w+|(?:np|numpy)\.(?:load\w*|genfromtxt)"
    r"|(?:joblib|torch)\.load|.*\.(?:read_text|read_bytes)"
)
# A statement that is one call acts, or it would be in vain, but these only prepare a library or
# fill a container.
_PREPARES = re.compile(
    r"(?:set|use|register|filter|simplefilter|basicconfig|config|seed|manual_seed|add|append"
    r"|extend|insert|install|enable|disable|apply|load_dotenv|update|patch|include|mount|reset"
    r"|init_?(?:printing|notebook)|theme|style|clear|pop|remove|discard|sort|reverse|freeze"
    r"|cache_clear|capture|model_rebuild|reload|import)"
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class _Effect(NamedTuple):
    call: ast.Call
    name: str
    severity: Severity


def problems(piece: Piece) -> Iterator[Problem]:
    """One problem for each statement that acts, at the call that does so most surely."""
    for statement in piece.tree.body:
        effects = sorted(
            _effects(statement), key=lambda effect: effect.severity is not Severity.WARNING
        )
        for effect in effects[:1]:
            yield Problem(
                "module-side-effect",
                f"'{effect.name}' runs whenever the plan is loaded, which is once for every node. "
                "Move it into a node.",
                piece.span(effect.call),
                effect.severity,
                data={"whole": isinstance(statement, ast.Expr) and statement.value is effect.call},
            )


def _effects(statement: ast.stmt) -> Iterator[_Effect]:
    for part in _running(statement):
        if isinstance(part, ast.Call):
            name = _name(part.func)
            if _ACTS.fullmatch(name):
                yield _Effect(part, name, Severity.WARNING)
            elif _READS.fullmatch(name):
                yield _Effect(part, name, Severity.INFORMATION)
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            name = _name(part.value.func)
            if not _PREPARES.match(name.rpartition(".")[2].lower()):
                yield _Effect(part.value, name, Severity.INFORMATION)


def _running(statement: ast.stmt) -> Iterator[ast.AST]:
    """What runs when the plan is loaded and nothing goes wrong, in order."""
    pending: list[ast.AST] = [statement]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.If) and _is_passed_over(part.test):
            pending += reversed(part.orelse)
        elif not isinstance(part, (*_DEFINITIONS, ast.ExceptHandler)):
            yield part
            pending += reversed(list(ast.iter_child_nodes(part)))


def _is_passed_over(test: ast.expr) -> bool:
    """Whether a worker, or Python itself, finds the condition false."""
    names = {part.id for part in ast.walk(test) if isinstance(part, ast.Name)}
    names |= {part.attr for part in ast.walk(test) if isinstance(part, ast.Attribute)}
    return not isinstance(test, ast.UnaryOp) and not names.isdisjoint({"__name__", "TYPE_CHECKING"})


def _name(function: ast.expr) -> str:
    """A callee as people refer to it: `Path().read_text`."""
    parts: list[str] = []
    while isinstance(function, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(function, ast.Attribute):
            parts.append(f".{function.attr}")
            function = function.value
        elif isinstance(function, ast.Call):
            parts.append("()")
            function = function.func
        else:
            parts.append("[]")
            function = function.value
    return (function.id if isinstance(function, ast.Name) else "") + "".join(reversed(parts))
