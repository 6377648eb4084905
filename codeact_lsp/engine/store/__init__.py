"""The store of results: what earlier runs made, for as long as it still holds.

`store` is what a run needs of it, `catalogue` what people do with it. Below them are `filing` (how
values and results come in), `blobs` (values as files), `index` (the database), `entry`, `entries`
and `secret` (what is believed), `lookup` and `reasons` (hits and misses), `presence` and `usage`
(what is needed), `bound`, `upkeep` and `clearing` (what is removed), `room` and `frozen` (what is
left to do on a full disk).
"""

from codeact_lsp.engine.store.answers import Hit, Miss, Stored
from codeact_lsp.engine.store.blobs import DamagedError, DiscardedError, Draft
from codeact_lsp.engine.store.catalogue import Choice
from codeact_lsp.engine.store.opening import open_store
from codeact_lsp.engine.store.room import SCARCE, is_shortage, room, shortage, unusable
from codeact_lsp.engine.store.store import Store
from codeact_lsp.engine.store.usage import Lease

__all__ = [
    "SCARCE",
    "Choice",
    "DamagedError",
    "DiscardedError",
    "Draft",
    "Hit",
    "Lease",
    "Miss",
    "Store",
    "Stored",
    "is_shortage",
    "open_store",
    "room",
    "shortage",
    "unusable",
]
