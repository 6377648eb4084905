"""Walk the tree of a piece, and write down its scopes and every mention of a name."""

import ast
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from codeact_lsp.plan.names import quoted
from codeact_lsp.plan.names.mentions import Keyword, Role, ScopeKind
from codeact_lsp.plan.names.scope_walk import Place, Walk
from codeact_lsp.plan.names.scopes import Scopes
from codeact_lsp.plan.source import Span

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def scopes(piece: "Piece") -> Scopes:
    """The scopes and mentions of `piece`."""
    reader = _Reader(piece)
    while reader.pending:
        node, place = reader.pending.pop()
        handler = _HANDLERS.get(type(node))
        if handler:
            handler(reader, node, place)
        else:
            reader.push(ast.iter_child_nodes(node), place)
    return reader.scopes()


class _Reader(Walk):
    """One method a kind of node that opens a scope, binds a name, or mentions one."""

    def name(self, node: ast.Name, place: Place) -> None:
        role = {ast.Load: Role.READ, ast.Store: Role.WRITE}.get(type(node.ctx), Role.UPDATE)
        self.mention(node.id, place.view.span(node), role, place)

    def attribute(self, node: ast.Attribute, place: Place) -> None:
        self.push([node.value], place)

    def augmented(self, node: ast.AugAssign, place: Place) -> None:
        self.push([node.value], place)
        if isinstance(node.target, ast.Name):
            self.mention(node.target.id, place.view.span(node.target), Role.UPDATE, place)
        else:
            self.push([node.target], place)

    def walrus(self, node: ast.NamedExpr, place: Place) -> None:
        self.push([node.value], place)
        scope = place.scope
        while self.drafts[scope].kind is ScopeKind.COMPREHENSION:
            scope = self.drafts[scope].parent
        span = place.view.span(node.target)
        self.mention(node.target.id, span, Role.WRITE, place._replace(scope=scope))

    def function(self, node: _Function, place: Place) -> None:
        name_span = self._definition(node, place)
        self.push([*node.decorator_list, *node.args.defaults, *node.args.kw_defaults], place)
        around = self._type_parameters(node, place)
        inside = self.open(ScopeKind.FUNCTION, node, around)
        self.drafts[inside.scope].name_span = name_span
        self._arguments(node.args, around, inside)
        self.push([node.returns], around._replace(annotates=True))
        self.push(node.body, inside)

    def lambda_(self, node: ast.Lambda, place: Place) -> None:
        self.push([*node.args.defaults, *node.args.kw_defaults], place)
        inside = self.open(ScopeKind.FUNCTION, node, place)
        self._arguments(node.args, place, inside)
        self.push([node.body], inside)

    def _arguments(self, arguments: ast.arguments, around: Place, inside: Place) -> None:
        each = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        for argument in filter(None, [*each, arguments.vararg, arguments.kwarg]):
            span = inside.view.name(inside.view.span(argument).start)
            self.mention(argument.arg, span, Role.PARAMETER, inside)
            self.push([argument.annotation], around._replace(annotates=True))

    def class_(self, node: ast.ClassDef, place: Place) -> None:
        name_span = self._definition(node, place)
        self.push(node.decorator_list, place)
        around = self._type_parameters(node, place)
        self.push([*node.bases, *node.keywords], around)
        inside = self.open(ScopeKind.CLASS, node, around)
        self.drafts[inside.scope].name_span = name_span
        self.drafts[inside.scope].private = node.name.lstrip("_")
        self.push(node.body, inside)

    def _definition(self, node: _Function | ast.ClassDef, place: Place) -> Span:
        words = place.view.names(place.view.span(node).start, place.view.span(node).end)
        keywords = 2 if isinstance(node, ast.AsyncFunctionDef) else 1
        *_, span = (next(words) for _ in range(keywords + 1))
        self.mention(node.name, span, Role.DEFINITION, place)
        return span

    def _type_parameters(self, node: "_Function | ast.ClassDef | ast.stmt", place: Place) -> Place:
        parameters: list[ast.AST] = getattr(node, "type_params", [])
        if not parameters:
            return place
        inside = self.open(ScopeKind.TYPE_PARAMETERS, node, place)
        self.push(parameters, inside)
        return inside

    def type_parameter(self, node: ast.AST, place: Place) -> None:
        start = place.view.span(node).start  # type: ignore[arg-type]  # Python 3.12 has the type
        span = next(place.view.names(start, len(self.source.text)))
        self.mention(node.name, span, Role.WRITE, place)  # type: ignore[attr-defined]  # as above
        self.push(ast.iter_child_nodes(node), place._replace(annotates=True))

    def type_alias(self, node: ast.stmt, place: Place) -> None:
        self.push([node.name], place)  # type: ignore[attr-defined]  # Python 3.12 has the type
        self.push([node.value], self._type_parameters(node, place))  # type: ignore[attr-defined]  # as above

    def comprehension(self, node: _Comprehension, place: Place) -> None:
        inside = self.open(ScopeKind.COMPREHENSION, node, place)
        first, *others = node.generators
        self.push([first.iter], place)
        self.push([first.target, *first.ifs, *others], inside)
        if isinstance(node, ast.DictComp):
            self.push([node.key, node.value], inside)
        else:
            self.push([node.elt], inside)

    def import_(self, node: ast.Import | ast.ImportFrom, place: Place) -> None:
        for alias in node.names:
            if alias.name == "*":
                continue
            whole = place.view.span(alias)
            if alias.asname:
                *_, span = place.view.names(whole.start, whole.end)
                self.mention(alias.asname, span, Role.IMPORT, place)
            else:
                span = place.view.name(whole.start)
                self.mention(alias.name.split(".")[0], span, Role.IMPORT, place, foreign=True)

    def declaration(self, node: ast.Global | ast.Nonlocal, place: Place) -> None:
        whole = place.view.span(node)
        _, *spans = place.view.names(whole.start, whole.end)
        draft = self.drafts[place.scope]
        declared = draft.global_names if isinstance(node, ast.Global) else draft.nonlocal_names
        for name, span in zip(node.names, spans, strict=True):
            self.mention(name, span, Role.DECLARATION, place)
            declared.add(self.mangled(name, place))

    def handler(self, node: ast.ExceptHandler, place: Place) -> None:
        if node.name and node.type:
            start, end = place.view.span(node.type).end, place.view.span(node.body[0]).start
            words = place.view.names(start, end)
            span = [next(words), next(words)][1]  # The word `as` comes first.
            self.mention(node.name, span, Role.WRITE, place)
        self.push([node.type, *node.body], place)

    def capture(self, node: ast.MatchAs | ast.MatchStar, place: Place) -> None:
        if node.name:
            whole = place.view.span(node)
            inner = node.pattern if isinstance(node, ast.MatchAs) else None
            start = place.view.span(inner).end if inner else whole.start
            *_, span = place.view.names(start, whole.end)
            self.mention(node.name, span, Role.WRITE, place)
        self.push(ast.iter_child_nodes(node), place)

    def rest(self, node: ast.MatchMapping, place: Place) -> None:
        if node.rest:
            whole = place.view.span(node)
            start = place.view.span(node.patterns[-1]).end if node.patterns else whole.start
            *_, span = place.view.names(start, whole.end)
            self.mention(node.rest, span, Role.WRITE, place)
        self.push([*node.keys, *node.patterns], place)

    def called(self, node: ast.Call, place: Place) -> None:
        if isinstance(node.func, ast.Name):
            callee = self.mangled(node.func.id, place)
            for keyword in node.keywords:
                if keyword.arg:
                    span = place.view.name(place.view.span(keyword).start)
                    exact = not place.view.whole
                    self.call(Keyword(callee, keyword.arg, span, exact), place)
        # The strings that a call in an annotation takes are values.
        self.push(ast.iter_child_nodes(node), place._replace(annotates=False))

    def annotated(self, node: ast.AnnAssign, place: Place) -> None:
        self.push([node.target, node.value], place)
        self.push([node.annotation], place._replace(annotates=True))

    def subscript(self, node: ast.Subscript, place: Place) -> None:
        """Of `Literal["a"]` no string is an expression, of `Annotated[T, "a"]` the first may be."""
        name = getattr(node.value, "attr", getattr(node.value, "id", ""))
        plain = place._replace(annotates=False)
        if name == "Annotated" and isinstance(node.slice, ast.Tuple) and node.slice.elts:
            first, *others = node.slice.elts
            self.push([node.value, first], place)
            self.push(others, plain)
        else:
            self.push([node.value, node.slice], plain if name == "Literal" else place)

    def string(self, node: ast.Constant, place: Place) -> None:
        if place.annotates and isinstance(node.value, str):
            placed = quoted.annotation(place.view, node, node.value)
            if placed:
                expression, view = placed
                self.push([expression], place._replace(view=view, quoted=True))

    def fields(self, node: ast.JoinedStr, place: Place) -> None:
        for expression, view in quoted.fields(place.view, node):
            self.push([expression], place._replace(view=view, annotates=False))


_Handler = Callable[[_Reader, Any, Place], None]
_HANDLERS: dict[type[ast.AST], _Handler] = {
    ast.AnnAssign: _Reader.annotated,
    ast.AsyncFunctionDef: _Reader.function,
    ast.Attribute: _Reader.attribute,
    ast.AugAssign: _Reader.augmented,
    ast.Call: _Reader.called,
    ast.ClassDef: _Reader.class_,
    ast.Constant: _Reader.string,
    ast.DictComp: _Reader.comprehension,
    ast.ExceptHandler: _Reader.handler,
    ast.FunctionDef: _Reader.function,
    ast.GeneratorExp: _Reader.comprehension,
    ast.Global: _Reader.declaration,
    ast.Import: _Reader.import_,
    ast.ImportFrom: _Reader.import_,
    ast.JoinedStr: _Reader.fields,
    ast.Lambda: _Reader.lambda_,
    ast.ListComp: _Reader.comprehension,
    ast.MatchAs: _Reader.capture,
    ast.MatchMapping: _Reader.rest,
    ast.MatchStar: _Reader.capture,
    ast.Name: _Reader.name,
    ast.NamedExpr: _Reader.walrus,
    ast.Nonlocal: _Reader.declaration,
    ast.SetComp: _Reader.comprehension,
    ast.Subscript: _Reader.subscript,
}
if sys.version_info >= (3, 12):
    _HANDLERS |= {
        ast.ParamSpec: _Reader.type_parameter,
        ast.TypeAlias: _Reader.type_alias,
        ast.TypeVar: _Reader.type_parameter,
        ast.TypeVarTuple: _Reader.type_parameter,
    }
