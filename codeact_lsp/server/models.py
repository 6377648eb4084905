"""The language model that the user chose, kept between questions, with the key from the editor."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcException

from codeact_lsp.model import Model, ModelSettings
from codeact_lsp.model.side_process import KeySource, SideProcess

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)
KEY = "codeact/modelKey"
# A person may have to type it.
_PATIENCE_SECONDS = 120.0

StartSide = Callable[[KeySource], SideProcess]
"""Starts the process that asks; it is given who knows the user's key."""


class Models:
    """Hands out the model. A process that was given the key for one is not used for another."""

    def __init__(self, server: "PlanServer", start_side: StartSide = SideProcess) -> None:
        self._server = server
        self._start_side = start_side
        self._model: Model | None = None
        self._ending: set[asyncio.Task[None]] = set()

    def get(self, settings: ModelSettings) -> Model:
        """The model that settings choose."""
        chosen = settings.model, settings.base_url
        if self._model and (self._model.settings.model, self._model.settings.base_url) != chosen:
            self._end(self._model)
            self._model = None
        if self._model is None:
            self._model = Model(settings, side=self._start_side(lambda: self._key(settings)))
        self._model.settings = settings
        return self._model

    async def close(self) -> None:
        """End the process, and every question in it."""
        if self._model:
            self._end(self._model)
            self._model = None
        await asyncio.gather(*self._ending)

    def _end(self, model: Model) -> None:
        task = asyncio.create_task(model.close())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _key(self, settings: ModelSettings) -> str | None:
        """The key that the client keeps. It is passed on to the process, and not kept here."""
        if not self._server.session.client.keeps_key:
            return None
        params = {"model": settings.model, "baseUrl": settings.base_url}
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                key = await self._server.protocol.send_request_async(KEY, params)
        except (TimeoutError, JsonRpcException) as error:
            _log.warning("the client does not tell the key: %s", type(error).__name__)
            return None
        return key if isinstance(key, str) and key else None
