"""Code actions: repairs of failures that have been run, grants, and corrections of problems."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lsprotocol import types as lsp

from codeact_lsp.plan import Span, relocate
from codeact_lsp.plan.corrections import Correction, corrections
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.source import LINE_END
from codeact_lsp.plan.visible import visible
from codeact_lsp.server import convert
from codeact_lsp.server.board import Seen
from codeact_lsp.server.edits import annotated, inputs_uri, workspace_edit
from codeact_lsp.server.features import diagnostics, fixes, grants
from codeact_lsp.server.features.actions import FIX_ALL, is_wanted
from codeact_lsp.server.features.questions import questions
from codeact_lsp.server.model_settings import model_settings
from codeact_lsp.server.snapshot import Snapshot


@dataclass(frozen=True)
class Asked:
    """What a client asks for."""

    snapshot: Snapshot
    span: Span

    @cached_property
    def shown(self) -> list[lsp.Diagnostic]:
        """The diagnostics that the actions are about.

        They come from what the server knows and not from what the client sent along: some clients
        send none, or only those of one line.
        """
        return diagnostics.diagnostics(self.snapshot)


# A selection of a whole plan meets hundreds of problems. Nobody reads that many titles.
_MOST_PROBLEMS = 20

Provider = Callable[[Asked], Iterable[lsp.CodeAction]]


def code_actions(snapshot: Snapshot, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """The actions that a selection touches, the preferred ones first."""
    span = convert.to_span(params.range, snapshot.plan.source, snapshot.encoding)
    asked, only = Asked(snapshot, span), params.context.only
    actions = [
        action
        for kind, provider in _PROVIDERS
        if is_wanted(kind, only)
        for action in provider(asked)
    ]
    return sorted(actions, key=lambda action: not action.is_preferred)


def _repairs(asked: Asked) -> Iterator[lsp.CodeAction]:
    snapshot = asked.snapshot
    for name, seen in snapshot.seen.items():
        if seen.error is None or not _touches(snapshot, seen, asked.span):
            continue
        for correction in fixes.of_failure(snapshot, seen):
            yield _action(snapshot, correction, [d for d in asked.shown if _is_about(d, name)])


def _grants(asked: Asked) -> Iterator[lsp.CodeAction]:
    snapshot = asked.snapshot
    failed = [
        name
        for name, seen in snapshot.seen.items()
        if name in snapshot.plan.nodes and _touches(snapshot, seen, asked.span)
    ]
    for offer in grants.offers(snapshot, failed):
        about = [d for d in asked.shown if any(_is_about(d, node) for node in offer.nodes)]
        action = _action(snapshot, offer.correction, about)
        action.edit = action.edit if offer.correction.edits else None
        action.command = offer.command
        yield action


def _questions(asked: Asked) -> Iterator[lsp.CodeAction]:
    """What a language model can be asked about failures, if the user has chosen one."""
    snapshot = asked.snapshot
    if not model_settings(snapshot.settings).is_configured:
        return
    for name, seen in snapshot.seen.items():
        if seen.error and _touches(snapshot, seen, asked.span):
            about = [each for each in asked.shown if _is_about(each, name)]
            yield from questions(snapshot.uri, name, about)


def _touches(snapshot: Snapshot, seen: Seen, asked: Span) -> bool:
    """Whether the selection meets the failing expression or the origin of its bad value."""
    error = seen.error
    spans = [error.span, *([error.blame.span] if error.blame else [])] if error else []
    places = [relocate(seen.plan, snapshot.plan, span) for span in spans]
    return any(place.overlaps(asked) for place in places if place)


def _is_about(diagnostic: lsp.Diagnostic, node: str) -> bool:
    return isinstance(diagnostic.data, dict) and diagnostic.data.get("node") == node


def _corrections(asked: Asked) -> Iterator[lsp.CodeAction]:
    snapshot = asked.snapshot
    shown = (*snapshot.problems, *snapshot.advised)
    touched = (problem for problem in shown if problem.span.overlaps(asked.span))
    for problem in islice(touched, _MOST_PROBLEMS):
        place = snapshot.range(problem.span)
        own = [one for one in asked.shown if one.code == problem.code and one.range == place]
        ways_out = corrections(snapshot.plan, problem)
        for correction in (*fixes.of_problem(snapshot, problem), *ways_out):
            if not correction.setting or _can_set(snapshot):
                yield _action(snapshot, correction, own)


def _fix_all(asked: Asked) -> Iterator[lsp.CodeAction]:
    if edits := fixes.all_preferred(asked.snapshot):
        correction = Correction("Correct all that has one way out", edits)
        yield _action(asked.snapshot, correction, [], kind=FIX_ALL)


def _action(
    snapshot: Snapshot,
    correction: Correction,
    about: list[lsp.Diagnostic],
    kind: lsp.CodeActionKind | str = lsp.CodeActionKind.QuickFix,
) -> lsp.CodeAction:
    setting = correction.setting
    edit = _in_inputs(snapshot, setting) if setting else workspace_edit(snapshot, correction.edits)
    return lsp.CodeAction(
        title=visible(correction.title),
        kind=kind,
        diagnostics=about or None,
        is_preferred=correction.preferred,
        edit=annotated(snapshot, edit, correction.title),
    )


def _can_set(snapshot: Snapshot) -> bool:
    """Whether the client can write to a file that may not exist yet."""
    return snapshot.client.creates_files and snapshot.path is not None


def _in_inputs(snapshot: Snapshot, line: str) -> lsp.WorkspaceEdit:
    """Add a line to the inputs file. It goes to the top: further down a table may have begun."""
    newline = LINE_END.search(snapshot.inputs_text)
    added = TextEdit(Span(0, 0), line + (newline[0] if newline else "\n"))
    edit = workspace_edit(snapshot, (), [added])
    create = lsp.CreateFile(
        uri=inputs_uri(snapshot), options=lsp.CreateFileOptions(ignore_if_exists=True)
    )
    return lsp.WorkspaceEdit(document_changes=[create, *(edit.document_changes or ())])


# Kinds of actions, and what provides them.
_PROVIDERS: tuple[tuple[str, Provider], ...] = (
    (lsp.CodeActionKind.QuickFix.value, _repairs),
    (lsp.CodeActionKind.QuickFix.value, _questions),
    (lsp.CodeActionKind.QuickFix.value, _grants),
    (lsp.CodeActionKind.QuickFix.value, _corrections),
    (FIX_ALL, _fix_all),
)
