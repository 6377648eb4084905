"""Commands by which the user decides: to take fixes, to grant a right."""

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInternalError, JsonRpcInvalidParams

from codeact_lsp.engine.permissions.grants import Grants, GrantsError
from codeact_lsp.engine.permissions.rights import refuse, surroundings
from codeact_lsp.engine.permissions.sandbox_settings import read_right
from codeact_lsp.sandbox.needs import NeverGrantedError
from codeact_lsp.server.commands.requests import GrantRequest, PlanRequest, opened_plan

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer


async def fix_all(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> bool:
    """Have the client make all preferred fixes, as one edit; False if there are none.

    Which fix is preferred is known once all have been run: what is still tried is waited for.
    """
    from codeact_lsp.server.features.fixes import fix_all  # noqa: PLC0415 - see `actions`.

    uri = opened_plan(server, request.uri).uri
    await server.runs.mended(uri)
    snapshot = server.session.snapshot(uri)
    edit = fix_all(snapshot) if snapshot else None
    if edit is None:
        return False
    params = lsp.ApplyWorkspaceEditParams(edit=edit, label="Apply all preferred fixes")
    return (await server.workspace_apply_edit_async(params)).applied


async def grant(
    server: "PlanServer", request: GrantRequest, _token: lsp.ProgressToken | None
) -> list[str]:
    """Grant a right for good; it is of effect from the next run on."""
    opened = opened_plan(server, request.uri)
    if opened.path is None:
        raise JsonRpcInvalidParams("Save the plan first: a right is granted to a file.")
    grants = Grants()
    try:
        right = read_right(request.right)
        refuse(right, surroundings(opened.path, server.session.workspace_of(opened.path)))
        await asyncio.to_thread(grants.add, opened.path, right)
        if server.session.settle(opened):
            server.publish(opened.uri)
        return [str(granted) for granted in grants.of(opened.path)]
    except ValueError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    except NeverGrantedError as error:
        raise JsonRpcInvalidParams(f"'{request.right}' is never granted: {error}.") from error
    except GrantsError as error:
        raise JsonRpcInternalError(str(error)) from error
