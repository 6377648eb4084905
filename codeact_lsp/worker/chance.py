"""Random numbers that nobody seeded: no audit event tells of them.

The generators that everybody shares give themselves away by their state. Who makes a generator of
his own, or asks the system, is seen where he calls for it.
"""

import contextlib
import importlib
import os
import random
import sys
from collections.abc import Callable
from typing import Any

from .askers import Askers, asker
from .effects import Effects
from .gate import Gate, replace

with contextlib.suppress(ImportError):  # Not every build has it. `uuid` takes a function of it,
    importlib.import_module("_uuid")  # which has to be ours by then.

_PASSING = frozenset({"codecs", "io", "pathlib", "pathlib._local", "random", "secrets", "uuid"})
_DEVICES = frozenset({"/dev/random", "/dev/urandom"})
# How far NumPy's generator has come after its import, and after it was seeded.
_UNUSED = frozenset({623, 624})


class Chance:
    """Watches the generators of `random` and of NumPy, and the system's."""

    def __init__(self, effects: Effects, askers: Askers, gate: Gate) -> None:
        self._effects = effects
        self._askers = askers
        self._gate = gate
        self._asked = gate.guarded(self._note_asked)
        self._seeded = gate.guarded(self._note_seeded)
        self._numbers = _numbers()
        self._shared: dict[str, tuple[Callable[[], Any], Any]] = {}

    def watch(self) -> None:
        """Have the generators tell when they are seeded, and the system's when it is asked."""
        self._watch_random()
        if self._numbers is not None:
            self._watch_numpy(self._numbers)
        for owner, name in ((os, "urandom"), (os, "getrandom"), (random, "_urandom")):
            if hasattr(owner, name):
                replace(owner, name, self._asking)
        for module, name in (("_uuid", "generate_time_safe"), ("uuid", "_generate_time_safe")):
            if getattr(sys.modules.get(module), name, None):
                replace(sys.modules[module], name, self._asking_for_time)

    def begin(self) -> None:
        """Give the shared generators a start of their own, and remember it.

        All nodes are forked from one process, whose generators would give each the same numbers.
        """
        random.seed()
        self._share("random", random.getstate)
        if (numbers := self._numbers) is not None:
            numbers.seed(int.from_bytes(os.urandom(4)))
            self._share("numpy.random", lambda: _comparable(numbers.get_state()))

    def opened(self, path: str) -> None:
        """Note that a file is opened: the system's generator is one, too."""
        if path in _DEVICES:
            self._note_asked("os.urandom")

    def finish(self) -> None:
        """Look which of the shared generators have been used."""
        for name in list(self._shared):
            self._look(name)
        if self._numbers is None and (numbers := sys.modules.get("numpy.random")):
            self._look_at_late(numbers)

    def _look_at_late(self, numbers: Any) -> None:
        """NumPy was imported by the node itself: what it was seeded with, nobody has seen."""
        if numbers.get_state()[2] not in _UNUSED:
            self._effects.note("random", "numpy.random")

    def _share(self, name: str, state: Callable[[], Any]) -> None:
        self._shared[name] = state, state()

    def _look(self, name: str) -> None:
        state, before = self._shared[name]
        if state() != before:
            self._effects.note("random", name)

    def _watch_random(self) -> None:
        shared: random.Random = random.seed.__self__  # type: ignore[attr-defined]  # it is a method
        replace(random.Random, "seed", lambda before: self._seeding_one(before, shared))
        random.seed = shared.seed
        replace(random, "setstate", self._seeding("random"))

    def _watch_numpy(self, numbers: Any) -> None:
        for name in ("seed", "set_state"):
            replace(numbers, name, self._seeding("numpy.random"))
        replace(numbers, "default_rng", self._making)
        # It asks the system for a seed even where it was given one.
        replace(numbers.bit_generator, "randbits", self._gate.unnoticed)

    def _making(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def make(seed: Any = None) -> Any:
            if seed is None:
                self._asked("numpy.random.default_rng")
            return before(seed)

        return make

    def _seeding_one(
        self, before: Callable[..., None], shared: random.Random
    ) -> Callable[..., None]:
        def seed(generator: random.Random, a: Any = None, version: int = 2) -> None:
            if generator is shared:
                self._seeded("random", a)
            elif a is None:
                self._asked("random.Random")
            before(generator, a, version)

        return seed

    def _seeding(self, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def make(before: Callable[..., Any]) -> Callable[..., Any]:
            def seed(*arguments: Any, **named: Any) -> Any:
                self._seeded(name, *arguments, *named.values())
                return before(*arguments, **named)

            return seed

        return make

    def _asking(self, before: Callable[..., Any]) -> Callable[..., Any]:
        what = f"os.{before.__name__}"

        def ask(*arguments: Any, **named: Any) -> Any:
            self._asked(what)
            return before(*arguments, **named)

        return ask

    def _asking_for_time(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def ask() -> Any:
            if sys._getframe(1).f_code.co_name == "uuid1":  # noqa: SLF001 - `getnode` asks as well.
                self._asked("uuid.uuid1")
            return before()

        return ask

    def _note_seeded(self, name: str, *seed: Any) -> None:
        """From here on the generator's numbers follow from the seed; those before did not."""
        if name in self._shared:
            self._look(name)
            del self._shared[name]
        if not seed or seed[0] is None:
            self._effects.note("random", name)

    def _note_asked(self, what: str) -> None:
        if self._askers.is_own(asker(_PASSING)):
            self._effects.note("random", what)


def _numbers() -> Any:
    """NumPy's generators if NumPy has been imported; it puts that part of itself off."""
    if "numpy" in sys.modules:
        with contextlib.suppress(Exception):  # A broken one is the business of who uses it.
            importlib.import_module("numpy.random")
    return sys.modules.get("numpy.random")


def _comparable(state: tuple[Any, ...]) -> tuple[Any, ...]:
    """A state of NumPy's, whose array would compare element by element."""
    return tuple(part.tobytes() if hasattr(part, "tobytes") else part for part in state)
