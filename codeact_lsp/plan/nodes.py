"""A node of the workflow: what the plan says about one public top-level function."""

from dataclasses import dataclass, field
from functools import cached_property
from inspect import cleandoc
from typing import NamedTuple

from codeact_lsp.plan.docstrings.directives import Directives, Reference, Section
from codeact_lsp.plan.docstrings.docstring import first_paragraph
from codeact_lsp.plan.source import Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: a dependency when a node bears its name, else an input of the plan."""

    name: str
    span: Span
    annotation: str | None = None
    default: str | None = None
    variadic: bool = False
    annotation_span: Span | None = None


@dataclass(frozen=True)
class Links:
    """The names by which a node is tied to others: nodes, or resources that it claims."""

    data: tuple[str, ...]
    control: tuple[str, ...]
    temporal: tuple[str, ...]
    resources: tuple[str, ...]

    @cached_property
    def ordering(self) -> tuple[str, ...]:
        """The nodes, if they are nodes, that must end before this one starts; each name once."""
        return tuple(dict.fromkeys((*self.data, *self.control, *self.temporal)))


class Face(NamedTuple):
    """What others can rely on about a node: it does not change with what stands in its body."""

    name: str
    name_span: Span
    parameters: tuple[Parameter, ...]
    returns: str | None
    returns_span: Span | None
    is_async: bool
    is_generator: bool
    is_decorated: bool
    only_gives: bool


@dataclass(frozen=True)
class Node:
    """One node. All spans are relative to the piece that defines it.

    Attributes:
        span: The whole function, decorators included.
        header: From `def` to the end of the signature.
        written_doc: The docstring with its indentation; empty if there is none.
        return_lines: The `return` statements of the function itself, in order.
        unused: The parameters that nothing in the body mentions.
        called: The parameters that the body calls like functions.
        described: The parameters that the docstring describes, each at its place there.
        sections: The docstring's sections as they are written.
        doc_span: The docstring's literal, quotes included; None if there is none.
    """

    name: str
    span: Span
    header: Span
    name_span: Span
    parameters: tuple[Parameter, ...] = ()
    returns: str | None = None
    written_doc: str = ""
    directives: Directives = field(default_factory=Directives)
    return_lines: tuple[Span, ...] = ()
    is_async: bool = False
    is_generator: bool = False
    is_decorated: bool = False
    returns_span: Span | None = None
    unused: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    described: tuple[Reference, ...] = ()
    sections: tuple[Section, ...] = ()
    doc_span: Span | None = None

    @cached_property
    def doc(self) -> str:
        """The docstring without its indentation, for people."""
        return cleandoc(self.written_doc)

    @property
    def summary(self) -> str:
        """The docstring's first paragraph, on one line."""
        return first_paragraph(self.doc)

    @cached_property
    def links(self) -> Links:
        """The names by which the node is tied to others."""
        return Links(
            data=tuple(other.name for other in self.parameters if not other.variadic),
            control=tuple(reference.name for reference in self.directives.after),
            temporal=tuple(wait.after.name for wait in self.directives.waits if wait.after),
            resources=tuple(dict.fromkeys(use.name for use in self.directives.uses)),
        )

    @property
    def face(self) -> Face:
        """What others can rely on about the node."""
        return Face(
            self.name,
            self.name_span,
            self.parameters,
            self.returns,
            self.returns_span,
            self.is_async,
            self.is_generator,
            self.is_decorated,
            self.only_gives,
        )

    @property
    def only_gives(self) -> bool:
        """Whether all that the node does is to make a value, out of nothing that it asks for.

        What a decorator does with it is unknown, and one with sections was thought about.
        """
        asks = any(parameter.default is None for parameter in self.parameters)
        asks = asks or bool(self.links.resources or self.directives.waits or self.directives.needs)
        returns = bool(self.return_lines) and self.returns != "None"
        return returns and not asks and self.directives.cache is not False and not self.is_decorated

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
