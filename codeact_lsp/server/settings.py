"""The user's settings: what there is, and what each one has to look like."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from functools import reduce
from typing import Any, Literal, get_origin, get_type_hints

from codeact_lsp.engine.job import Mode
from codeact_lsp.engine.outcomes import strict
from codeact_lsp.engine.store.opening import read_size
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules, read_import_rules
from codeact_lsp.plan.problems.severities import Severities, read_severities
from codeact_lsp.plan.spelling import closest
from codeact_lsp.server import model_settings
from codeact_lsp.server.interpreter_setting import read_interpreter
from codeact_lsp.server.model_settings import ModelLimits, own
from codeact_lsp.server.sandbox import Sandbox, read_layers
from codeact_lsp.server.tape_settings import TapeSettings, tape_settings

SECTION = "codeact"
# Clients read these of the same section themselves: `codeact.trace.server`.
_OF_THE_CLIENT = frozenset({"trace"})
# Of these it matters who said what: one takes away from the other, or only the user's counts.
_LAYERED = (
    "interpreter", "sandbox", "safety", "model", "modelBaseUrl", "modelLimits", "modelSamples",
    "modelReflection", "tape",
)  # fmt: skip
_MOST_SHOWN = 60


def _accepts(form: str, check: Callable[[Any], bool] = lambda _: True) -> dict[str, Any]:
    """What a setting has to be: in words that end a sentence, and beyond its type."""
    return {"form": form, "check": check}


def _read_by(read: Callable[[Any], tuple[Any, Iterable[str]]]) -> dict[str, Any]:
    """A setting that is read elsewhere: to what can be used of it, and what is wrong with it."""
    return {"read": read}


@dataclass(frozen=True)
class InlayHints:
    """What is shown beside the code.

    Attributes:
        results: What a node returned, at the `return` that ran.
        inputs: The value of an input, where it is not the default.
    """

    results: bool = True
    inputs: bool = True


def _read_cache(value: Any) -> tuple[int | None, list[str]]:
    """The bytes that `{"maxSize": "2 GB"}` allows; None if that is not what is said."""
    size = value.get("maxSize") if isinstance(value, Mapping) and len(value) == 1 else None
    allowed = read_size(size) if isinstance(size, str) else None
    return allowed, [] if allowed else [f'expected {{"maxSize": "2 GB"}}, not {_shown(value)}.']


def _read_lists(said: Iterable[Any]) -> tuple[ImportRules, Iterable[str]]:
    """What all layers together leave to be imported: one may have come with the workspace."""
    read = [read_import_rules(each) for each in said if each is not None]
    rules = reduce(ImportRules.tightened, (rules for rules, _ in read), NO_RULES)
    return rules, dict.fromkeys(complaint for _, complaints in read for complaint in complaints)


@dataclass(frozen=True)
class Settings:
    """What the user can set.

    Attributes:
        interpreter: The Python that runs nodes; None finds the workspace's.
        timeout: Seconds for each node that sets no limit of its own; 0 sets none.
        workers: How many nodes may run at once.
        mode: Whether that many do: as many as can, one, or as many as make a run faster.
        resources: Units of the counted resources that nodes claim.
        problems: How much each kind of problem weighs; None switches it off.
        safety: Which modules plans may import.
        advice: Whether calls are pointed out that deserve a look.
        sandbox: What nodes may do, as far as the client has a say in that.
        plans: Globs, relative to the folder, of the files that are plans besides `*.plan.py`.
        documentation: Address of the page that describes the problems, a heading each.
        inlay_hints: What is shown in the text, beside the code.
        cache: How many bytes results may take; None leaves it to the environment.
        hints: Whether it is shown how a plan could run faster.
        run_on_save: What a save runs: nothing, or what edits and new inputs affected.
        coverage: Whether it is recorded, and shown, which lines ran and which did not.
        model: The language model that may be asked for repairs; None leaves it to the environment.
        model_base_url: Where that is served, if not by its provider.
        model_limits: What its answers may take.
        model_samples: Whether values may be sent to it, and not only what they are like.
        model_reflection: Whether it is asked by itself where nothing else mends a failure.
        tape: Whether tapes of runs are kept, where tapes go, and how many of them stay.
    """

    interpreter: str | None = field(default=None, metadata=_read_by(read_interpreter))
    timeout: int = field(
        default=60, metadata=_accepts("a whole number of seconds, 0 or more", lambda n: n >= 0)
    )
    workers: int = field(
        default_factory=lambda: os.cpu_count() or 1,
        metadata=_accepts("a whole number, 1 or more", lambda n: n >= 1),
    )
    mode: Mode = field(
        default="adaptive", metadata=_accepts('"adaptive", "parallel" or "sequential"')
    )
    resources: dict[str, int] = field(
        default_factory=dict,
        metadata=_accepts(
            'an object of whole numbers, 1 or more, such as {"gpu": 2}',
            lambda units: all(n >= 1 for n in units.values()),
        ),
    )
    problems: Severities = field(default_factory=dict, metadata=_read_by(read_severities))
    safety: ImportRules = field(default=NO_RULES, metadata=_read_by(_read_lists))
    advice: bool = field(default=True, metadata=_accepts("true or false"))
    sandbox: Sandbox = field(default_factory=Sandbox, metadata=_read_by(read_layers))
    plans: tuple[str, ...] = field(
        default=(), metadata=_accepts('a list of globs, such as ["flows/**/*.py"]', all)
    )
    documentation: str = field(
        default="https://codeact-lsp.readthedocs.io/en/latest/problems.html",
        metadata=_accepts("the address of a page", bool),
    )
    inlay_hints: InlayHints = field(
        default_factory=InlayHints,
        metadata=_accepts('an object such as {"results": true, "inputs": false}'),
    )
    cache: int | None = field(default=None, metadata=_read_by(_read_cache))
    hints: bool = field(default=True, metadata=_accepts("true or false"))
    run_on_save: Literal["off", "affected"] = field(
        default="off", metadata=_accepts('"off" or "affected"')
    )
    coverage: bool = field(default=False, metadata=_accepts("true or false"))
    model: str | None = field(
        default=None,
        metadata=_read_by(own('a name such as "openai/gpt-5"', model_settings.text)),
    )
    model_base_url: str | None = field(
        default=None,
        metadata=_read_by(own("the address of a server", model_settings.address)),
    )
    model_limits: ModelLimits = field(
        default_factory=ModelLimits,
        metadata=_read_by(
            own('an object such as {"money": 0.5}', model_settings.limits, ModelLimits())
        ),
    )
    model_samples: bool = field(
        default=False, metadata=_read_by(own("true or false", model_settings.flag, default=False))
    )
    model_reflection: bool = field(
        default=False, metadata=_read_by(own("true or false", model_settings.flag, default=False))
    )
    tape: TapeSettings = field(
        default_factory=TapeSettings,
        metadata=_read_by(
            own('an object such as {"runs": true, "keep": 50}', tape_settings, TapeSettings())
        ),
    )


def read_settings(*layers: Any) -> tuple[Settings, list[str]]:
    """The settings, and what is wrong with them; what is wrong leaves the others as they are.

    Args:
        layers: What the client said, each an object, or None where it said nothing; of two values
            of one setting the later one holds. A value of null is none. The first is the user's
            own, and the others may have come with the workspace: see `sandbox`.
    """
    wrong = [_no_object(layer) for layer in layers if not isinstance(layer, Mapping | None)]
    said: dict[str, Any] = {}
    for layer in layers:
        if isinstance(layer, Mapping):
            said.update({str(name): value for name, value in layer.items() if value is not None})
    for name in said.keys() & set(_LAYERED):
        said[name] = [_of_layer(layer, name) for layer in layers]
    values: dict[str, Any] = {}
    for name, value in said.items():
        if name in _OF_THE_CLIENT:
            continue
        try:
            read, complaints = _read(name, value)
            values.update(read)
            wrong += complaints
        except ValueError as error:
            wrong.append(str(error))
    return Settings(**values), wrong


def _of_layer(layer: Any, name: str) -> Any:
    return layer.get(name) if isinstance(layer, Mapping) else None


def name_of(setting: "Field[Any]") -> str:
    """A setting as the user writes it: `runOnSave`."""
    head, *rest = setting.name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def _read(name: str, value: Any) -> tuple[dict[str, Any], list[str]]:
    """The field of a setting with its value, and what is wrong with parts of it.

    Raises:
        ValueError: Nothing of it can be used; the message says why.
    """
    known = {name_of(each): each for each in fields(Settings)}
    if name not in known:
        raise ValueError(_unknown(name, known))
    setting = known[name]
    if read := setting.metadata.get("read"):
        usable, complaints = read(value)
        said = [f"The setting {SECTION}.{name}: {each}" for each in complaints]
        return {setting.name: usable}, said
    return {setting.name: _accepted(setting, value)}, []


def _accepted(setting: "Field[Any]", value: Any) -> Any:
    try:
        accepted = _typed(value, get_type_hints(Settings)[setting.name])
    except Exception as error:  # cattrs wraps whatever the data makes it raise.
        raise ValueError(_bad(setting, value)) from error
    if not setting.metadata["check"](accepted):
        raise ValueError(_bad(setting, value))
    return accepted


def _typed(value: Any, kind: Any) -> Any:
    if get_origin(kind) is tuple and not isinstance(value, list | tuple):
        raise TypeError("a text is a sequence too, but no list of texts")
    if is_dataclass(kind) and value.keys() - {each.name for each in fields(kind)}:
        raise TypeError("a misspelt name would be without effect")
    return strict.structure(value, kind)


def _bad(setting: "Field[Any]", value: Any) -> str:
    form = setting.metadata["form"]
    return f"The setting {SECTION}.{name_of(setting)} is {_shown(value)}; it has to be {form}."


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    near = closest(name, known)
    hint = f"Did you mean {SECTION}.{near}?" if near else f"There are {', '.join(known)}."
    return f"There is no setting {SECTION}.{name[:_MOST_SHOWN]}. {hint}"


def _no_object(value: Any) -> str:
    return f"The settings are {_shown(value)}; they have to be an object."


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
