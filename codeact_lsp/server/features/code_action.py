"""Quick fixes: repairs of failures that have been run, and corrections of misspelt names."""

from collections.abc import Iterable, Iterator

from lsprotocol import types as lsp

from codeact_lsp.plan import Plan, Problem, Span, check, relocate
from codeact_lsp.plan.edits import TextEdit, rename_parameter
from codeact_lsp.server import convert
from codeact_lsp.server.board import Seen
from codeact_lsp.server.features import diagnostics
from codeact_lsp.server.session import Snapshot


def code_actions(snapshot: Snapshot, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """The actions that a selection touches, the preferred ones first.

    They come from what the server knows and not from the diagnostics that the client sent along:
    some clients send none, or only those of one line.
    """
    if not _wanted(params.context.only):
        return []
    asked = convert.to_span(params.range, snapshot.plan.source, snapshot.encoding)
    shown = diagnostics.diagnostics(snapshot)
    actions = [*_fixes(snapshot, asked, shown), *_corrections(snapshot, asked, shown)]
    return sorted(actions, key=lambda action: not action.is_preferred)


def _wanted(only: Iterable[lsp.CodeActionKind | str] | None) -> bool:
    kinds = [str(getattr(kind, "value", kind)) for kind in only or ["quickfix"]]
    return any(kind in {"", "quickfix"} for kind in kinds)


def _fixes(
    snapshot: Snapshot, asked: Span, shown: list[lsp.Diagnostic]
) -> Iterator[lsp.CodeAction]:
    for name, seen in snapshot.seen.items():
        if seen.error is None or not _touches(snapshot, seen, asked):
            continue
        for fix in seen.fixes:
            # A fix was run with the function as it was; with any other it has not been.
            span = relocate(seen.plan, snapshot.plan, fix.edit.span, exact=True)
            if span:
                edits = (TextEdit(span, fix.edit.new),)
                own = [d for d in shown if _is_about(d, name)]
                yield _action(snapshot, fix.title, edits, own, preferred=fix.preferred)


def _touches(snapshot: Snapshot, seen: Seen, asked: Span) -> bool:
    """Whether the selection meets the failing expression or the origin of its bad value."""
    error = seen.error
    spans = [error.span, *([error.blame.span] if error.blame else [])] if error else []
    places = [relocate(seen.plan, snapshot.plan, span) for span in spans]
    return any(place.overlaps(asked) for place in places if place)


def _is_about(diagnostic: lsp.Diagnostic, node: str) -> bool:
    return isinstance(diagnostic.data, dict) and diagnostic.data.get("node") == node


def _corrections(
    snapshot: Snapshot, asked: Span, shown: list[lsp.Diagnostic]
) -> Iterator[lsp.CodeAction]:
    for problem in check(snapshot.plan, snapshot.inputs):
        replacement = problem.data.get("replacement")
        if replacement and problem.span.overlaps(asked):
            own = [d for d in shown if _is(d, problem, snapshot)]
            edits = _corrected(snapshot.plan, problem, replacement)
            title = f"Change to '{replacement}'"
            yield _action(snapshot, title, edits, own, preferred=problem.code == "unknown-node")


def _corrected(plan: Plan, problem: Problem, replacement: str) -> tuple[TextEdit, ...]:
    """The edits of a correction; a parameter takes its uses along."""
    if problem.code != "unknown-input":
        return (TextEdit(problem.span, replacement),)
    parameter = plan.source.text[problem.span.start : problem.span.end]
    return rename_parameter(plan, problem.data["node"], parameter, replacement)


def _is(diagnostic: lsp.Diagnostic, problem: Problem, snapshot: Snapshot) -> bool:
    return diagnostic.code == problem.code and diagnostic.range == snapshot.range(problem.span)


def _action(
    snapshot: Snapshot,
    title: str,
    edits: tuple[TextEdit, ...],
    about: list[lsp.Diagnostic],
    *,
    preferred: bool,
) -> lsp.CodeAction:
    changes = [lsp.TextEdit(range=snapshot.range(edit.span), new_text=edit.new) for edit in edits]
    return lsp.CodeAction(
        title=title,
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=about or None,
        is_preferred=preferred,
        edit=_workspace_edit(snapshot, changes),
    )


def _workspace_edit(snapshot: Snapshot, changes: list[lsp.TextEdit]) -> lsp.WorkspaceEdit:
    if not snapshot.versioned_edits:
        return lsp.WorkspaceEdit(changes={snapshot.uri: changes})
    document = lsp.OptionalVersionedTextDocumentIdentifier(
        uri=snapshot.uri, version=snapshot.plan.source.version
    )
    edits = lsp.TextDocumentEdit(text_document=document, edits=list(changes))
    return lsp.WorkspaceEdit(document_changes=[edits])
