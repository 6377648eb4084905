"""The grammar of `Needs` is the plan's, the meaning ours: each right of the one has the other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.engine.permissions.rights import covers, give, surroundings
from codeact_lsp.plan.docstrings.needs import RIGHTS, Need, read_need
from codeact_lsp.sandbox.hosts import grant_of
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.needs import NeverGrantedError

SAMPLES = {
    "network": "x.org",
    "write": "out/",
    "read": "../data",
    "variable": "KEY",
    "import": "torch",
    "memory": "2 GB",
    "processes": "",
}
_LABELS = st.from_regex(r"\A[a-zA-Z0-9_.*-]{1,12}\Z")
_HOSTS = st.one_of(
    st.lists(_LABELS, min_size=1, max_size=4).map(".".join),
    st.ip_addresses().map(lambda ip: f"[{ip}]" if ip.version == 6 else str(ip)),
    st.text(max_size=12),
)


@pytest.mark.parametrize("right", RIGHTS)
def test_every_right_can_be_asked_for_given_and_compared(right: str, tmp_path: Path) -> None:
    need = read_need(f"{right} {SAMPLES[right]}".strip())
    assert need == Need(right, SAMPLES[right])
    around = surroundings(tmp_path / "it.plan.py", tmp_path)
    give(preset(Level.STRICT), need, around)
    assert covers(need, need, tmp_path)
    assert [other for other in SAMPLES if covers(need, Need(other, SAMPLES[other]), tmp_path)] == [
        right
    ]


@given(_HOSTS, st.sampled_from(["", ":80", ":65535", ":65536", ":0", ":x"]))
def test_a_host_that_a_plan_may_name_is_one_that_can_be_reached(host: str, port: str) -> None:
    if need := read_need(f"network {host}{port}"):
        grant = grant_of(need.what)
        assert read_need(f"network {grant}") is not None


@given(st.text(min_size=1, max_size=30))
def test_any_path_that_a_plan_may_name_is_given_or_refused(what: str) -> None:
    folder = Path("/work")
    around = surroundings(folder / "it.plan.py", folder)
    for right in ("write", "read"):
        if need := read_need(f"{right} {what}"):
            try:
                policy = give(preset(Level.STRICT), need, around)
            except NeverGrantedError:
                continue
            (path,) = policy.write or policy.read
            assert path.is_absolute()
            assert ".." not in path.parts
