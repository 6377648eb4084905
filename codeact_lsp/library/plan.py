"""A plan, as scripts use it: a file that was read, and that nothing has been run of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from tokenize import detect_encoding
from typing import Any, NamedTuple

from codeact_lsp.engine.workspace.files import waits
from codeact_lsp.engine.workspace.inputs import read_inputs
from codeact_lsp.library.errors import PlanFileError, translated
from codeact_lsp.plan import Encoding, Node, PlanGraph, Problem, Span, check
from codeact_lsp.plan import Plan as Snapshot
from codeact_lsp.plan.problems.import_rules import ImportRules

_UNNAMED = "unnamed.plan.py"


class Place(NamedTuple):
    """Where something stands in a plan; lines and columns count characters from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Plan:
    """A plan at one moment: it does not change with its file. Reading it runs nothing of it.

    Attributes:
        snapshot: What was read; the engine's own form of a plan.
        path: Its file. Relative paths in the plan are relative to its folder.
    """

    snapshot: Snapshot
    path: Path

    @classmethod
    def load(cls, path: "Path | str") -> "Plan":
        """Read a plan file. Text that is no valid Python is no error here: see `problems`.

        Args:
            path: The file.

        Raises:
            PlanFileError: It cannot be read, or is not in the encoding that it declares.
        """
        file = Path(path)
        try:
            if waits(file):
                raise PlanFileError(f"{file}: a pipe and no file.")
            data = file.read_bytes()
            encoding, _ = detect_encoding(BytesIO(data).readline)
            return cls.loads(data.decode(encoding), file)
        except OSError as error:
            message = f"{file}: {error.strerror}."
            raise PlanFileError(message) from error
        except (LookupError, SyntaxError, ValueError) as error:
            message = f"{file}: {error}. Save the file with the encoding UTF-8."
            raise PlanFileError(message) from error

    @classmethod
    def loads(cls, text: str, path: "Path | str | None" = None) -> "Plan":
        """Read a text.

        Args:
            text: The plan.
            path: The file that it stands for, which need not exist; None makes it one of the
                working directory.
        """
        file = Path(path) if path is not None else Path(_UNNAMED)
        return cls(Snapshot.from_text(text), file.resolve())

    def __repr__(self) -> str:
        """Which file it is, and how many nodes it has: its text would fill a screen."""
        return f"<Plan {self.path}: {len(self.snapshot.nodes)} nodes>"

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.snapshot.source.text

    @property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes by name, in the order of the file: what the text says of each."""
        return {name: found.node for name, found in self.snapshot.nodes.items()}

    @property
    def graph(self) -> PlanGraph:
        """Which node depends on which."""
        return self.snapshot.graph

    def problems(self, inputs: Mapping[str, Any] | None = None) -> list[Problem]:
        """What is wrong with the plan, as `codeact check` finds it, without running any of it.

        Args:
            inputs: Values of inputs, as `run` takes them.

        Raises:
            InvalidInputError: The plan's inputs file cannot be read.
        """
        with translated():
            known = read_inputs(self.path)
        return check(self.snapshot, {**known, **(inputs or {})})

    def reviewed(self, given: Collection[str], rules: ImportRules) -> list[Problem]:
        """As `problems`, found once for what it depends on: a plan does not change.

        Args:
            given: Names of the inputs that have a value from outside the plan.
            rules: Which modules may be imported.
        """
        key = frozenset(given), rules
        if not self._reviews or self._reviews[0][0] != key:
            self._reviews[:] = [(key, check(self.snapshot, given, rules))]
        return self._reviews[0][1]

    @cached_property
    def _reviews(self) -> "list[tuple[tuple[frozenset[str], ImportRules], list[Problem]]]":
        """The last review, with what it depends on; none before the first."""
        return []

    def place(self, span: Span) -> Place:
        """The lines and columns of a span, such as that of a problem or of a failure."""
        source = self.snapshot.source
        start = source.position(span.start, Encoding.CODE_POINTS)
        end = source.position(span.end, Encoding.CODE_POINTS)
        return Place(start.line + 1, start.character + 1, end.line + 1, end.character + 1)
