"""`codeact run --dry-run`: what a run would do, without running anything."""

import json
from collections.abc import Iterable
from datetime import datetime

from rich.text import Text

from codeact_lsp.cli.console import console
from codeact_lsp.engine.history.forecast import Fate, Forecast, Prospect
from codeact_lsp.engine.run.modes import said_time
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.engine.wire import wire_forecast
from codeact_lsp.plan.visible import visible

_MARKS = {Fate.REUSE: ("≡", "cyan"), Fate.RUN: ("▶", "green"), Fate.DEPENDS: ("?", "yellow")}
_WORDS = {Fate.REUSE: "reused", Fate.RUN: "runs", Fate.DEPENDS: "may run"}


def show(forecast: Forecast, *, as_json: bool) -> None:
    """Print a forecast."""
    if as_json:
        for line in wire_forecast.forecast(forecast):
            print(json.dumps(line))
        return
    show_prospects(forecast.prospects)
    console().print(f"\n{_summary(forecast)}")


def show_prospects(prospects: Iterable[Prospect]) -> None:
    """Print what would become of nodes, a line each."""
    screen = console()
    for prospect in prospects:
        mark, style = _MARKS[prospect.fate]
        line = visible(_line(prospect))
        screen.print(Text(f"{mark} ", style=style).append(line, style="default"))


def _line(prospect: Prospect) -> str:
    line = f"{prospect.node}  {_WORDS[prospect.fate]}"
    if prospect.since:
        line += f" (made {datetime.fromtimestamp(prospect.since).astimezone():%Y-%m-%d %H:%M})"
    elif prospect.seconds is not None:
        line += f" (about {said_time(prospect.seconds)})"
    return f"{line}: {'; '.join(filter(None, [prospect.why, *prospect.changed]))}"


def _summary(forecast: Forecast) -> str:
    parts = [f"{forecast.to_run} of {len(forecast.prospects)} to run"]
    if forecast.to_run and forecast.choice.seconds is not None:
        expected = f"about {said_time(forecast.choice.seconds)}"
        if not forecast.choice.why.startswith(expected):  # Else it is said there.
            parts.append(expected)
    if forecast.memory:
        parts.append(f"up to {said_size(forecast.memory)} of memory")
    if forecast.to_run:
        parts.append(f"at most {forecast.choice.workers} at once ({forecast.choice.why})")
    return ", ".join(parts)
