"""What a tape tells of work that broke off: enough to go on from there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codeact_lsp.agent.bounds import Bounds
from codeact_lsp.agent.loop import Goal
from codeact_lsp.model import Spent
from codeact_lsp.tape import Tape, TapeFileError
from codeact_lsp.tape.masking import COVER, Mask
from codeact_lsp.tape.steps import Answered, Asked, Begun, Ended, Resumed, Revised


@dataclass(frozen=True, slots=True)
class Left:
    """Work that broke off.

    Attributes:
        goal: What is to be reached, with what is done already.
        spent: What the model has taken.
        known: The questions to which there are answers that have not been tried in vain.
        is_unsaved: Whether the plan's last text is on the tape alone.
    """

    goal: Goal
    spent: Spent
    known: tuple[tuple[Asked, Answered], ...]
    is_unsaved: bool = False


def left_by(
    tape: Tape,
    text: str | None,
    bounds: Bounds | None = None,
    named: Mapping[str, Any] | None = None,
) -> Left:
    """What is left to do.

    Args:
        tape: The tape.
        text: What the plan's file holds now; None if there is none.
        bounds: What it may take in all; None keeps those that the tape tells.
        named: Values of inputs by name: see `Mask`.

    Raises:
        TapeFileError: It is no tape of an agent, its work is done, or the plan was edited since.
    """
    begun, ended = tape.begun, tape.ended
    if begun.command != "agent":
        raise TapeFileError(f"{tape.path} is a tape of 'codeact {begun.command}', not of an agent.")
    if ended and ended.status == "done":
        raise TapeFileError(f"{tape.path}: its work is done. See it with 'codeact tape replay'.")
    current, is_unsaved = _current(tape, text, Mask(named))
    revisions = [line.step for line in tape.lines if isinstance(line.step, Revised)]
    goal = Goal(
        task=begun.task,
        bounds=bounds or Bounds.of(begun.bounds),
        text=current,
        is_planned=any(each.by == "model" and not each.node for each in revisions),
        made=sum(bool(each.node) for each in revisions),
        taken=sum(_sittings(tape)),
    )
    return Left(goal, _spent(tape), tuple(_known(tape)), is_unsaved)


def _current(tape: Tape, text: str | None, mask: Mask) -> tuple[str | None, bool]:
    """The plan's text, and whether it has yet to be saved."""
    told = [line.step for line in tape.lines if isinstance(line.step, Revised)]
    covered = mask.code(text) if text is not None else None
    if not told or covered == told[-1].text:
        return text, False
    # It was told of before it was to be saved, and a crash came in between.
    before = told[-2].text if len(told) > 1 else None
    if covered == before and told[-1].by != "file" and COVER not in told[-1].text:
        return told[-1].text, True
    raise TapeFileError(
        f"{tape.begun.shown} is not what it was when the tape {tape.path} broke off. Undo what was "
        "changed, or begin anew without --resume."
    )


def _known(tape: Tape) -> list[tuple[Asked, Answered]]:
    """The answers that may still be of use: with those of before it got stuck nothing runs."""
    asked: dict[int, Asked] = {}
    known: list[tuple[Asked, Answered]] = []
    for line in tape.lines:
        match line.step:
            case Asked(question=number) as question:
                asked[number] = question
            case Answered(question=number) as answer if number in asked:
                known.append((asked[number], answer))
            case Ended(status="stuck"):
                known.clear()
            case _:
                pass
    return known


def _spent(tape: Tape) -> Spent:
    spent = Spent()
    for line in tape.lines:
        match line.step:
            case Answered(sent=sent, received=received, dollars=dollars):
                spent += Spent(sent, received, dollars or 0.0, 1)
            case _:
                pass
    return spent


def _sittings(tape: Tape) -> Iterator[float]:
    """The seconds of each time that somebody worked on it."""
    began = last = tape.lines[0].time
    for line in tape.lines:
        if isinstance(line.step, Begun | Resumed):
            yield last - began
            began = line.time
        last = line.time
    yield last - began
