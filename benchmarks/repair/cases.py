"""A function that fails, and a hidden check that tells whether a repair of it is right."""

import ast
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_GAP = "\n\n\n"
ENTRY = "entry_of_the_case"
"""The node that makes the call which fails."""


@dataclass(frozen=True)
class Case:
    """A failure to repair.

    Attributes:
        kind: The class of failures that it is counted with.
        seeded: Whether a program broke it, and not a person or a model.
        code: The code that fails.
        call: Statements that make it fail; the last one is the expression to look at.
        check: Statements that raise if a repair is wrong. The repairer never sees them.
        files: The texts of files that it reads.
        nodes: What of the code is to run if it is a plan already, with `inputs`.
        fixed: The code as somebody has mended it, to learn from; empty where nobody has.
        root_lines: The guilty lines, from 1; none where they are not known.
        root_functions: The guilty functions.
    """

    name: str
    kind: str
    seeded: bool
    code: str
    call: str
    check: str
    files: Mapping[str, str] = field(default_factory=dict)
    nodes: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    fixed: str = ""
    root_lines: frozenset[int] = frozenset()
    root_functions: frozenset[str] = frozenset()

    @property
    def plan(self) -> str:
        """The code as a plan, of which `wanted` is to be run."""
        return self.code if self.nodes else self.code.rstrip("\n") + _GAP + _entry(self.call)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The nodes to run."""
        return self.nodes or (ENTRY,)

    def code_of(self, plan: str) -> str:
        """What became of the code in a repaired plan."""
        return plan if self.nodes else plan.partition(f"{_GAP}def {ENTRY}()")[0]


def read(path: Path) -> Iterator[Case]:
    """The cases of a file: TOML with `[[case]]` tables, or JSON lines.

    A table has `id`, of which the part before `/` is its class, `code`, `call`, `check`, and may
    have `files`, and `mended`: pairs of what is in the code and what somebody has made of it. Files
    at the top are there in all cases.

    A line has `id`, `buggy_code`, `entry_call`, `check`, and may have `files`, `error_type`,
    `multi_node`. A call may import the code as `case`; `_dag([names], input=value)` runs its nodes.
    """
    if path.suffix == ".toml":
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in tables["case"]:
            yield _written(table, tables.get("files", {}))
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _case(json.loads(line))


def _written(table: Mapping[str, Any], shared: Mapping[str, str]) -> Case:
    return Case(
        name=table["id"],
        kind=table["id"].partition("/")[0],
        seeded=False,
        code=table["code"],
        call=table["call"],
        check=table["check"],
        files={**shared, **table.get("files", {})},
        fixed=_mended(table["code"], table.get("mended", [])),
    )


def _mended(code: str, changes: Iterable[tuple[str, str]]) -> str:
    """The code after some changes; nothing if there are none."""
    text = code
    for old, new in changes:
        text = text.replace(old, new)
    return text if text != code else ""


def _case(row: Mapping[str, Any]) -> Case:
    nodes, inputs = _asked_of_graph(row["entry_call"]) if row.get("multi_node") else ((), {})
    return Case(
        name=row["id"],
        kind=row.get("error_type") or "unknown",
        seeded=row["id"].startswith("mut"),
        code=row["buggy_code"],
        call=row["entry_call"],
        check=row["check"],
        files=row.get("files") or {},
        nodes=nodes,
        inputs=inputs,
        fixed=row.get("fixed_code") or "",
        root_lines=frozenset(row.get("root_lines") or ()),
        root_functions=frozenset(row.get("root_funcs") or ()),
    )


def _asked_of_graph(call: str) -> tuple[tuple[str, ...], dict[str, Any]]:
    for node in ast.walk(ast.parse(call)):
        match node:
            case ast.Call(func=ast.Name("_dag"), args=[names], keywords=words):
                inputs = {str(word.arg): ast.literal_eval(word.value) for word in words}
                return tuple(ast.literal_eval(names)), inputs
            case _:
                pass
    return (), {}


def _entry(call: str) -> str:
    """The statements as a function that returns the last of them."""
    lines, last = call.split("\n"), ast.parse(call).body[-1]
    if isinstance(last, ast.Expr):
        line = lines[last.lineno - 1]
        lines[last.lineno - 1] = f"{line[: last.col_offset]}return {line[last.col_offset :]}"
    body = "".join(f"    {line}\n" for line in lines if line.strip())
    return f"def {ENTRY}():\n{body}"
