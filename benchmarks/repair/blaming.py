"""How often the place that is named first is the guilty one, where another node failed."""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.repair.cases import Case
from benchmarks.repair.trying import failure, write
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.inputs import InputError

# Longer than any of them needs on a busy machine, where a time limit would be the failure.
_PATIENCE_SECONDS = 30.0
_OF_RESULTS = frozenset(
    ["in a list", "in a tuple", "key", "none returned", "not returned", "printed", "result kept",
     "swapped", "text returned", "unconverted", "without self"]
)  # fmt: skip
_MODULE = "<module>"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Blamed:
    """What was named for a failure.

    Attributes:
        annotated: Whether the plan had its annotations.
        elsewhere: Whether the guilty line and function are others than those that failed. What the
            module lacks, as an import that was left out, is in no function.
        line: Whether the first place that is named holds the guilty line.
        function: Whether it is in the guilty function.
        alarm: Whether an innocent function is called the likely cause.
    """

    case: Case
    annotated: bool
    elsewhere: bool
    line: bool
    function: bool
    alarm: bool


async def blamed(case: Case, *, annotated: bool) -> Blamed | None:
    """Run a plan, and compare what is named with what is guilty; None if it does not fail."""
    shown = case if annotated else replace(case, code=unannotated(case.code))
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        write(Path(name), case.files)
        engine = Engine(Path(name), sys.executable)
        try:
            failed = await failure(engine, shown, Path(name), _PATIENCE_SECONDS)
        except (PlanError, InputError):
            return None
        finally:
            await engine.close()
    return _compared(case, shown.code, failed.error, annotated=annotated) if failed else None


def _compared(case: Case, text: str, error: CodeError, *, annotated: bool) -> Blamed:
    origin = error.origins[0] if error.origins else None
    span = origin.span if origin else error.span
    node = origin.node if origin else error.node
    first, last = (text[:at].count("\n") + 1 for at in (span.start, max(span.end - 1, 0)))
    # A comprehension has a frame of its own, and is no function that anybody has written.
    named = [each.function for each in error.frames if not each.function.startswith("<")]
    crashed = named[-1] if named else error.node
    guilty = case.root_functions
    failed = text[: error.span.start].count("\n") + 1
    return Blamed(
        case,
        annotated,
        elsewhere=bool(guilty - {_MODULE})
        and not guilty & {crashed, error.node}
        and failed not in case.root_lines,
        line=any(first <= line <= last for line in case.root_lines),
        function=node in guilty,
        alarm=origin is not None and origin.likely and origin.node not in guilty,
    )


def unannotated(text: str) -> str:
    """A plan whose functions say nothing of types, in the same lines."""
    lines = text.encode().split(b"\n")
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, _FUNCTIONS):
            continue
        every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        for start, note in [(arg, arg.annotation) for arg in every]:
            if note is not None and start.lineno == note.end_lineno:
                begin = start.col_offset + len(start.arg.encode())
                _blank(lines, note.lineno, begin, note.end_col_offset or begin)
        note = node.returns
        if note is not None and note.lineno == note.end_lineno:
            begin = lines[note.lineno - 1].rindex(b"->", 0, note.col_offset)
            _blank(lines, note.lineno, begin, note.end_col_offset or begin)
    return b"\n".join(lines).decode()


def _blank(lines: list[bytes], line: int, begin: int, end: int) -> None:
    row = lines[line - 1]
    lines[line - 1] = row[:begin] + b" " * (end - begin) + row[end:]


def told(results: Sequence[Blamed]) -> str:
    """A table: of the guilty who are elsewhere, how many were named; of the innocent, how many."""
    head = f"{'BLAME':<28}{'n':>10}{'line':>10}{'function':>10}{'innocent':>10}{'alarms':>10}"
    rows = [head]
    for name, annotated in (("annotated", True), ("not annotated", False)):
        some = [each for each in results if each.annotated is annotated]
        away = [each for each in some if each.elsewhere]
        here = [each for each in some if not each.elsewhere]
        cells = (
            str(len(away)), _part(each.line for each in away),
            _part(each.function for each in away), str(len(here)),
            str(sum(each.alarm for each in some)),
        )  # fmt: skip
        rows.append(f"{name:<28}" + "".join(f"{cell:>10}" for cell in cells))
    away = [each for each in results if each.annotated and each.elsewhere]
    rows += _apart(away, lambda each: "of results" if _is_of_results(each.case) else "of others")
    rows += _apart(away, lambda each: each.case.name.partition("/")[0])
    rows += _apart(away, lambda each: each.case.kind)
    return "\n".join(rows) + "\n"


def _is_of_results(case: Case) -> bool:
    """Whether a slip is of the kinds that change what a node gives as a whole, or by what key."""
    return case.kind in _OF_RESULTS


def _apart(away: Sequence[Blamed], name: Callable[[Blamed], str]) -> Iterator[str]:
    """The same of those with annotations, apart for each plan or kind of slip."""
    for each in sorted({name(one) for one in away}):
        some = [one for one in away if name(one) == each]
        cells = (
            str(len(some)), _part(one.line for one in some), _part(one.function for one in some)
        )  # fmt: skip
        yield f"- {each:<26}" + "".join(f"{cell:>10}" for cell in cells)


def _part(marks: Iterable[bool]) -> str:
    every = list(marks)
    return f"{sum(every) / len(every):.0%}" if every else "-"
