"""A node of the workflow: what the plan says about one public top-level function."""

from dataclasses import dataclass, field

from codeact_lsp.plan.directives import Directives
from codeact_lsp.plan.source import Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: a dependency when a node bears its name, else an input of the plan."""

    name: str
    span: Span
    annotation: str | None = None
    default: str | None = None
    variadic: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One node. All spans are relative to the piece that defines it.

    Attributes:
        span: The whole function, decorators included.
        header: From `def` to the end of the signature.
        return_lines: The `return` statements of the function itself, in order.
    """

    name: str
    span: Span
    header: Span
    name_span: Span
    parameters: tuple[Parameter, ...] = ()
    returns: str | None = None
    doc: str = ""
    summary: str = ""
    directives: Directives = field(default_factory=Directives)
    return_lines: tuple[Span, ...] = ()
    is_async: bool = False
    is_generator: bool = False
    is_decorated: bool = False

    @property
    def signature(self) -> str:
        """The function's signature as one line of Python."""
        parameters = ", ".join(_parameter(parameter) for parameter in self.parameters)
        returns = f" -> {self.returns}" if self.returns else ""
        return f"{'async ' if self.is_async else ''}def {self.name}({parameters}){returns}"


def _parameter(parameter: Parameter) -> str:
    annotated = f": {parameter.annotation}" if parameter.annotation else ""
    if parameter.default is None:
        return f"{parameter.name}{annotated}"
    return f"{parameter.name}{annotated}{' = ' if annotated else '='}{parameter.default}"
