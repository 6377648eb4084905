"""What a node's effects mean for its result: whether it is reused, and what people are told."""

from collections.abc import Iterable
from pathlib import Path

from codeact_lsp.engine.store import Hit, Miss
from codeact_lsp.engine.values import Effect

_DONE = {
    "clock": "used the clock",
    "network": "used the network",
    "process": "started another program",
    "random": "used random numbers without a seed",
    "reads": "looked at more than can be watched",
    "writes": "wrote files",
}
_NAMES = {"process": "other programs", "reads": "too many reads", "writes": "writes files"}


def weighed(found: Hit | Miss, *, cache: bool | None) -> Hit | Miss:
    """What the store holds, unless the node's effects are against taking it.

    Args:
        found: What the store holds.
        cache: What the node's docstring says; None leaves it to the effects.
    """
    if isinstance(found, Miss) or not found.result.effects or cache:
        return found
    done = _DONE[found.result.effects[0].kind]
    return Miss(f"it {done} when it ran: say Cache: on to reuse its value")


def label(effects: Iterable[Effect]) -> str:
    """The kinds of effects, each once, in few words."""
    return ", ".join(dict.fromkeys(_NAMES.get(effect.kind, effect.kind) for effect in effects))


def verdict(effects: Iterable[Effect], *, cache: bool | None) -> str:
    """What the effects mean for the next run, in few words; empty if there are none."""
    named = label(effects)
    if not named:
        return ""
    return f"reused all the same ({named})" if cache else f"runs each time ({named})"


def told(effects: Iterable[Effect]) -> str:
    """All effects with their details, one kind a line."""
    details: dict[str, list[str]] = {}
    for effect in effects:
        details.setdefault(effect.kind, []).append(_shown(effect))
    return "\n".join(
        f"It {_DONE[kind]}{': ' if any(shown) else ''}{', '.join(filter(None, shown))}"
        for kind, shown in details.items()
    )


def _shown(effect: Effect) -> str:
    return Path(effect.detail).name if effect.kind == "writes" else effect.detail
