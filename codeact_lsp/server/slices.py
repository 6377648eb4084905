"""Read all pieces of a plan without holding up what the user types meanwhile."""

import asyncio
from collections.abc import Callable, Iterable
from time import perf_counter

from codeact_lsp.plan import Piece

# A keystroke waits no longer than this for its turn.
_SLICE_SECONDS = 0.005


async def read_in_slices(pieces: Iterable[Piece], read: Callable[[Piece], object]) -> None:
    """Call `read`, which remembers what it makes of a piece, for each piece."""
    end = perf_counter() + _SLICE_SECONDS
    for piece in pieces:
        read(piece)
        if perf_counter() > end:
            await asyncio.sleep(0)
            end = perf_counter() + _SLICE_SECONDS
