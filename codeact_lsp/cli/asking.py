"""Options that say which model is asked, and what it may take."""

import argparse

from codeact_lsp.agent import Bounds
from codeact_lsp.cli import jobs
from codeact_lsp.model import Limits, ModelSettings

NO_MODEL = (
    "no model is configured: name one with --model or in CODEACT_MODEL, such as openai/gpt-5. "
    "See docs/model.md"
)
# Plans are longer than repairs, and are written from nothing.
_LIMITS = Limits(tokens=16_000, whole=600.0)


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a model."""
    parser.add_argument("--model", metavar="NAME",
                        help="the model: openai/gpt-5 (CODEACT_MODEL)")  # fmt: skip
    parser.add_argument("--base-url", metavar="URL",
                        help="where it is served, if not by its provider")  # fmt: skip


def add_bounds(parser: argparse.ArgumentParser) -> None:
    """Add the options that bound what is taken."""
    usual = Bounds()
    parser.add_argument("--attempts", type=jobs.positive, metavar="N",
                        help=f"the most repairs ({usual.attempts})")  # fmt: skip
    parser.add_argument("--tokens", type=jobs.positive, metavar="N",
                        help=f"the most tokens, in and out ({usual.tokens:,})")  # fmt: skip
    parser.add_argument("--time", type=jobs.positive, metavar="SECONDS",
                        help=f"the most seconds of work ({usual.seconds:g})")  # fmt: skip
    parser.add_argument("--money", type=jobs.amount("dollars"), metavar="DOLLARS",
                        help=f"the most that answers may cost ({usual.dollars:g})")  # fmt: skip


def bounds(options: argparse.Namespace, usual: Bounds | None = None) -> Bounds:
    """The bounds that the options set; what they do not is as `usual`."""
    usual = usual or Bounds()
    return Bounds(
        attempts=options.attempts or usual.attempts,
        tokens=options.tokens or usual.tokens,
        seconds=options.time or usual.seconds,
        dollars=usual.dollars if options.money is None else options.money,
    )


def settings(options: argparse.Namespace, bounds: Bounds) -> ModelSettings:
    """The model that the options, or else the environment, choose."""
    chosen = ModelSettings.from_environment(options.model, options.base_url)
    return ModelSettings(chosen.model, chosen.base_url, _LIMITS, bounds.budget)
