"""Diagnostics for a client that asks for them: of one document, or of the whole workspace."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from codeact_lsp.server.features import diagnostics
from codeact_lsp.server.uris import ByUri

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer
    from codeact_lsp.server.snapshot import Snapshot

OPTIONS = lsp.DiagnosticOptions(
    identifier=diagnostics.SOURCE, inter_file_dependencies=False, workspace_diagnostics=True
)
_NOTHING = diagnostics.fingerprint(())
NONE = lsp.RelatedFullDocumentDiagnosticReport(items=[], result_id=_NOTHING)
"""The report of a document that has no diagnostics."""
_Report = lsp.WorkspaceFullDocumentDiagnosticReport | lsp.WorkspaceUnchangedDocumentDiagnosticReport


def document_diagnostics(
    snapshot: "Snapshot", params: lsp.DocumentDiagnosticParams
) -> lsp.DocumentDiagnosticReport:
    """The diagnostics of one document, or that they are those of last time."""
    items = _pulled(snapshot)
    result = diagnostics.fingerprint(items)
    if result == params.previous_result_id:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=result)
    return lsp.RelatedFullDocumentDiagnosticReport(items=items, result_id=result)


async def workspace_diagnostics(
    server: "PlanServer", params: lsp.WorkspaceDiagnosticParams
) -> lsp.WorkspaceDiagnosticReport:
    """The diagnostics of all plans, open or not; none of those that are gone since last time."""
    before = {last.uri: last.value for last in params.previous_result_ids}
    reports: list[_Report] = []
    async for report in _reports(server, before):
        if params.partial_result_token is None:
            reports.append(report)
        else:
            _send_part(server, params.partial_result_token, report)
    return lsp.WorkspaceDiagnosticReport(items=reports)


async def _reports(server: "PlanServer", told: Mapping[str, str]) -> AsyncIterator[_Report]:
    before: ByUri[str] = ByUri()
    before.update(told)
    reported: ByUri[bool] = ByUri()
    for opened in list(server.session.plans.values()):
        await asyncio.sleep(0)  # Typing goes first, and a cancel gets through.
        if snapshot := server.session.snapshot(opened.uri):
            reported[opened.uri] = True
            version = snapshot.plan.source.version
            items = _pulled(snapshot)
            yield _report(opened.uri, version, items, diagnostics.fingerprint(items), before)
    async for closed in server.files.closed():
        reported[closed.uri] = True
        yield _report(closed.uri, None, closed.diagnostics, closed.result_id, before)
    for uri in (*told, *server.publisher.left(before)):
        if uri not in reported and before.get(uri) != _NOTHING:
            yield _report(uri, None, (), _NOTHING, before)


def _pulled(snapshot: "Snapshot") -> list[lsp.Diagnostic]:
    """What a client pulls: all, or what is not pushed to it; see `Publisher`."""
    if snapshot.client.pulls_again:
        return diagnostics.diagnostics(snapshot)
    return diagnostics.problems(snapshot)


def _report(
    uri: str,
    version: int | None,
    items: Iterable[lsp.Diagnostic],
    result: str,
    before: Mapping[str, str],
) -> _Report:
    if before.get(uri) == result:
        return lsp.WorkspaceUnchangedDocumentDiagnosticReport(
            uri=uri, version=version, result_id=result
        )
    return lsp.WorkspaceFullDocumentDiagnosticReport(
        uri=uri, version=version, items=tuple(items), result_id=result
    )


def _send_part(server: "PlanServer", token: lsp.ProgressToken, report: _Report) -> None:
    part = lsp.WorkspaceDiagnosticReportPartialResult(items=[report])
    server.protocol.notify(lsp.PROGRESS, lsp.ProgressParams(token=token, value=part))
