"""A side process that outlives those who use it: to load litellm takes seconds."""

from typing import Self

from codeact_lsp.model.side_process import KeySource, SideProcess


class Lasting(SideProcess):
    """One for all tests of a session. Each may say where its key comes from."""

    def keyed_by(self, key: KeySource | None) -> Self:
        """The same process, with the key that this one tells; the one before is forgotten."""
        self._key = key
        self.forget_key()
        return self

    async def close(self) -> None:
        """Stay: the next test asks too."""
        self.keyed_by(_no_key)

    async def end(self) -> None:
        """No test asks any more."""
        await super().close()


async def _no_key() -> None:
    return None
