"""Commands that tell of the tapes of a plan."""

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from codeact_lsp.server.commands.requests import PlanRequest, TapeRequest, opened_plan
from codeact_lsp.server.taping import shelf

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer


async def tapes(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> list[dict[str, Any]]:
    """The tapes of the plan, the newest first; a plan that is no file has none."""
    from codeact_lsp.server.tapes import tapes_of  # noqa: PLC0415 - no part of the start.

    path = opened_plan(server, request.uri).path
    if path is None:
        return []
    kept = shelf(server.session.settings_for(path).tape)
    return await asyncio.to_thread(tapes_of, path.resolve(), kept)


async def tape(
    server: "PlanServer", request: TapeRequest, _token: lsp.ProgressToken | None
) -> dict[str, Any]:
    """The steps of a tape."""
    from codeact_lsp.server.tapes import steps_of  # noqa: PLC0415 - as above.
    from codeact_lsp.tape import TapeFileError  # noqa: PLC0415

    kept = shelf(server.session.settings_for(opened_plan(server, request.uri).path).tape)
    try:
        return await asyncio.to_thread(steps_of, request.tape, kept)
    except TapeFileError as error:
        raise JsonRpcInvalidParams(str(error)) from error
