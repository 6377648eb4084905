"""A scope of a piece, a mention of a name in it, and the rule by which the two belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from codeact_lsp.plan.source import Span

MODULE = 0


class ScopeKind(Enum):
    """What opens a scope; a lambda is a function, PEP 695's type parameters have their own."""

    MODULE = "module"
    FUNCTION = "function"
    CLASS = "class"
    COMPREHENSION = "comprehension"
    TYPE_PARAMETERS = "type parameters"


class Role(Enum):
    """What a mention does to the name; UPDATE reads and binds at once (`x += 1`, `del x`)."""

    READ = "read"
    WRITE = "write"
    UPDATE = "update"
    DEFINITION = "definition"
    PARAMETER = "parameter"
    IMPORT = "import"
    DECLARATION = "declaration"

    @property
    def reads(self) -> bool:
        """Whether the name has to be bound already."""
        return self is Role.READ or self is Role.UPDATE

    @property
    def binds(self) -> bool:
        """Whether the mention makes the name one of its scope's, unless declared otherwise."""
        return self is not Role.READ and self is not Role.DECLARATION


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope. Scopes are told apart by their index; the module's is `MODULE`.

    Attributes:
        span: The statement or expression that opens it.
        parent: The scope around it; the module's own index for the module.
        name_span: The name of a function or class that was defined by a statement.
        binds: The names that are its own.
        global_names: Those that it declares `global`.
    """

    kind: ScopeKind
    span: Span
    parent: int = MODULE
    name_span: Span | None = None
    binds: frozenset[str] = frozenset()
    global_names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place at which a name is written.

    Attributes:
        name: As Python knows it: normalised, and mangled where a class makes it private.
        scope: The scope in which it is looked up.
        binder: The scope that binds it; `MODULE` also for what is built in or bound nowhere.
        exact: Whether `span` is exactly a plain spelling of the name. If not, the name stands
            somewhere in `span` (a string that could not be taken apart), or is spelt otherwise
            (mangled).
        quoted: Whether it stands in an annotation that is a string.
        foreign: Whether it names a module's thing itself (`import name`, `from m import name`).
    """

    name: str
    span: Span
    role: Role
    scope: int
    binder: int
    exact: bool = True
    quoted: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Keyword:
    """The `name=` of an argument in a call of something that the module binds as `callee`."""

    callee: str
    name: str
    span: Span
    exact: bool = True


def binder_of(scopes: Sequence[Scope], scope: int, name: str) -> int:
    """The scope that binds `name` for code in `scope`; `MODULE` if no scope below it does."""
    visible = direct = True
    while scope != MODULE:
        here = scopes[scope]
        if visible and name in here.binds:
            return scope
        if visible and name in here.global_names:
            return MODULE
        if not visible and name == "__class__":
            return scope
        # What a class binds is hidden from the scopes in it, but not from type parameters.
        direct = direct and here.kind is ScopeKind.TYPE_PARAMETERS
        scope = here.parent
        visible = direct or scopes[scope].kind is not ScopeKind.CLASS
    return MODULE
