"""A tape: what is read is what was written; what was spoilt is noticed."""

import json
import math
import os
from pathlib import Path

import pytest

from codeact_lsp.engine.events import NodeCached
from codeact_lsp.engine.values import Blob, Preview, Result
from codeact_lsp.tape import Tape, TapeFileError, TapeWriter
from codeact_lsp.tape.chain import Chain
from codeact_lsp.tape.coding import UnreadableStepError, decoded, encoded
from codeact_lsp.tape.replay import runs
from codeact_lsp.tape.steps import KINDS, Ended, Happened, Resumed, Revised
from tests.tape.taping import BEGUN, EVENTS, STEPS, TEXT, an_event, record, steps_of

ENDED = Ended(status="done")


def test_every_kind_of_step_and_event_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert {type(step) for step in STEPS} == set(KINDS.values())
    tape = record(tmp_path / "t.jsonl")
    assert steps_of(tape) == STEPS
    assert (tape.is_own, tape.fault, tape.is_torn) == (True, "", False)
    assert tape.verdict == "It was written with your key, and no line was changed."


def test_numbers_and_texts_come_back_to_the_byte() -> None:
    for data in (json.dumps(encoded(step)) for step in STEPS):
        assert json.dumps(encoded(decoded(json.loads(data)))) == data


def test_the_runs_of_a_tape_are_there_again(tmp_path: Path) -> None:
    (run,) = runs(record(tmp_path / "t.jsonl").lines)
    assert run.events == EVENTS
    assert (run.job.plan.source.text, run.job.targets) == (TEXT, ("a",))


@pytest.mark.parametrize("line", range(len(STEPS)))
def test_a_line_that_was_changed_is_noticed_and_nothing_behind_it_is_believed(
    tmp_path: Path, line: int
) -> None:
    path = tmp_path / "t.jsonl"
    record(path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b'"time":', b'"time":1')
    path.write_bytes(b"".join(lines))
    if line == 0:
        with pytest.raises(TapeFileError, match="Line 1 is not what was written"):
            Tape.load(path)
        return
    tape = Tape.load(path)
    assert (len(tape.lines), tape.fault.split(":")[0]) == (
        line,
        f"Line {line + 1} is not what was written",
    )


def test_lines_that_were_left_out_or_put_elsewhere_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    record(path)
    first, second, third, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, third, *rest]))
    assert "does not follow the one before it" in Tape.load(path).fault
    path.write_bytes(b"".join([first, third, second, *rest]))
    assert len(Tape.load(path).lines) == 1


def test_a_tape_that_somebody_else_has_written_anew_is_not_taken_for_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = record(tmp_path / "ours.jsonl")
    with monkeypatch.context() as patch:
        patch.setenv("CODEACT_DATA_DIR", str(tmp_path / "theirs"))
        theirs = record(tmp_path / "theirs.jsonl")
        assert theirs.is_own
        assert (Tape.load(ours.path).is_own, Tape.load(ours.path).fault) == (False, "")
    forged = Tape.load(theirs.path)
    assert not forged.is_own
    assert forged.verdict.startswith("It was not written with your key")
    with pytest.raises(TapeFileError, match="cannot be continued"):
        forged.continued()


def test_the_name_of_a_key_alone_makes_no_tape_ones_own(tmp_path: Path) -> None:
    """Whoever puts another's key name into a line would have to make that other's marks too."""
    name = json.loads(record(tmp_path / "ours.jsonl").path.read_bytes().splitlines()[0])["key"]
    line = {"step": 0, "time": 1.0, "key": name, **encoded(BEGUN)}
    forged = tmp_path / "forged.jsonl"
    forged.write_bytes(Chain(b"the key of somebody else").sealed(line))
    with pytest.raises(TapeFileError, match="not written with your key"):
        Tape.load(forged)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_whatever_a_crash_leaves_can_be_read_and_continued(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "t.jsonl"
    record(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    torn = Tape.load(path)
    assert torn.is_torn
    assert "Its last line is torn, and was left out" in torn.verdict
    with torn.continued() as tape:
        tape.write(Resumed(program="0.1.0"))
        tape.write(ENDED)
    assert steps_of(Tape.load(path)) == (*steps_of(torn), Resumed(program="0.1.0"), ENDED)


def test_a_line_that_is_too_long_to_be_read_is_not_taken_for_torn_and_cut_off(
    tmp_path: Path,
) -> None:
    tape = record(tmp_path / "t.jsonl", STEPS[:5])
    with tape.path.open("ab") as file:
        file.truncate(tape.size + 64 * 10**6)
    long = Tape.load(tape.path)
    assert steps_of(long) == STEPS[:5]
    assert long.verdict == "Line 6 is longer than the 64 MB that are read of one."
    with pytest.raises(TapeFileError, match="cannot be continued"):
        long.continued()


def test_a_tape_without_its_end_says_so(tmp_path: Path) -> None:
    tape = record(tmp_path / "t.jsonl", STEPS[:5])
    assert tape.ended is None
    assert "It has no end: it goes on, crashed, or was cut off" in tape.verdict


def test_a_plan_is_told_of_by_what_changes_in_it(tmp_path: Path) -> None:
    texts = [TEXT, TEXT.replace("1", "23"), TEXT, ""]
    tape = record(tmp_path / "t.jsonl", [BEGUN, *(Revised(text=each, by="file") for each in texts)])
    assert [step.text for step in steps_of(tape) if isinstance(step, Revised)] == texts
    lines = [json.loads(line) for line in tape.path.read_bytes().splitlines()]
    assert [line.get("edit") for line in lines[2:]] == [[20, 21, "23"], [20, 22, "1"], [0, 22, ""]]


def test_nobody_writes_over_a_tape_or_to_one_that_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    with TapeWriter.begin(path) as tape:
        tape.write(BEGUN)
        with pytest.raises(TapeFileError, match="a tape is never written over"):
            TapeWriter.begin(path)
        with pytest.raises(TapeFileError, match="is being written by another process"):
            Tape.load(path).continued()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_ends_the_tape_and_not_the_run() -> None:
    with TapeWriter(os.open("/dev/full", os.O_WRONLY), Path("full.jsonl")) as tape:
        tape.write(BEGUN)
        tape.write(ENDED)
    assert tape.trouble == "The tape full.jsonl ends too early: No space left on device."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "It has no whole line"),
        (b"hello\n", "it is no line of a tape"),
        (b"[" * 100_000 + b"\n", "it is no line of a tape"),
    ],
)
def test_what_is_no_tape_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(data)
    with pytest.raises(TapeFileError, match=why):
        Tape.load(path)
    with pytest.raises(TapeFileError, match="No such file"):
        Tape.load(tmp_path / "none.jsonl")


def test_a_layout_that_this_version_does_not_know_is_told_of(tmp_path: Path) -> None:
    other = type(BEGUN)(
        command="run", task="", file="", shown="", program="9", schema="codeact-tape/9"
    )
    with pytest.raises(TapeFileError, match="has the layout 'codeact-tape/9'"):
        record(tmp_path / "t.jsonl", [other])


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "wish"},
        {"kind": "end"},
        {"kind": "end", "status": 3},
        {"kind": "event", "event": {"event": "Wish"}},
        {"kind": "event", "event": {"event": "NodeStarted", "run": "r", "sequence": True}},
        {"kind": "answer", "question": 10**30, "text": ""},
        {"kind": "answer", "question": 1, "text": "", "dollars": 10**400},
        {"kind": "answer", "question": 1, "text": "", "dollars": math.nan},
    ],
)
def test_data_that_is_no_step_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(UnreadableStepError):
        decoded(data)


def test_tapes_of_this_layout_stay_readable() -> None:
    """It was written, with another key, when the layout was made."""
    tape = Tape.load(Path(__file__).with_name("version_1.jsonl"))
    assert (len(tape.lines), tape.fault, tape.is_own) == (len(STEPS), "", False)
    assert {type(step) for step in steps_of(tape)} == set(KINDS.values())


def test_pictures_and_tables_stay_out_of_a_tape() -> None:
    shown = an_event(
        NodeCached, result=Result(Blob("0", 1), Preview("t", "2×2", "…", "<b>", "png"))
    )
    preview = encoded(Happened(event=shown))["event"]["result"]["preview"]
    assert "".join(preview.values()) == "t2×2…"
