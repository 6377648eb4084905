"""What is missing, and the exact command that helps, for the system that it is."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox.containers import DISTRUSTED
from codeact_lsp.sandbox.kernel import KERNEL_SAYS
from codeact_lsp.sandbox.mechanisms import Mechanisms, spawned, without
from codeact_lsp.sandbox.remedies import APPARMOR, lacking, scarce
from codeact_lsp.sandbox.system import System, look
from codeact_lsp.sandbox.tiers import Tier

NOT_INSTALLED = {"bwrap": "bubblewrap is not installed"}
DENIED = {"bwrap": "/usr/bin/bwrap does not start: setting up uid map: Permission denied"}
APPARMOR_RESTRICTS = {"kernel.apparmor_restrict_unprivileged_userns": "1"}


def remedy(found: Mechanisms, system: System) -> str:
    """What to do about the first thing that is missing."""
    return lacking(found, system)[0].remedy


def bare(faults: dict[str, str]) -> Mechanisms:
    return Mechanisms(landlock=7, seccomp=True, faults=faults)


@pytest.mark.parametrize(
    ("installer", "command"),
    [
        ("apt-get", "Run: sudo apt-get install bubblewrap"),
        ("dnf", "Run: sudo dnf install bubblewrap"),
        ("pacman", "Run: sudo pacman -S bubblewrap"),
        ("apk", "Run: sudo apk add bubblewrap"),
        ("zypper", "Run: sudo zypper install bubblewrap"),
    ],
)
def test_bubblewrap_is_installed_as_the_distribution_does(installer: str, command: str) -> None:
    assert remedy(bare(NOT_INSTALLED), System(installer=installer)) == command


def test_an_administrator_needs_no_sudo_and_an_unknown_distribution_gets_an_address() -> None:
    as_root = System(root=True, installer="apt-get")
    assert remedy(bare(NOT_INSTALLED), as_root) == "Run: apt-get install bubblewrap"
    unknown = remedy(bare(NOT_INSTALLED), System())
    assert unknown == (
        "Install bubblewrap as /usr/bin/bwrap: https://github.com/containers/bubblewrap"
    )


def test_a_bubblewrap_that_others_can_change_is_named_with_what_closes_it() -> None:
    found = bare({"bwrap": f"/usr/bin/bwrap {DISTRUSTED}"})
    assert remedy(found, System(installer="apt-get")) == (
        "If you trust it, run: sudo chown root:root /usr/bin/bwrap "
        "&& sudo chmod go-w /usr/bin/bwrap"
    )


@pytest.mark.parametrize(
    ("system", "command"),
    [
        (
            System(settings={"user.max_user_namespaces": "0"}),
            (
                "Run: echo user.max_user_namespaces=15000 | sudo tee "
                "/etc/sysctl.d/60-codeact.conf && sudo sysctl --system"
            ),
        ),
        (
            System(root=True, settings={"kernel.unprivileged_userns_clone": "0"}),
            (
                "Run: echo kernel.unprivileged_userns_clone=1 | tee "
                "/etc/sysctl.d/60-codeact.conf && sysctl --system"
            ),
        ),
        (
            System(
                settings={"user.max_user_namespaces": "0", "kernel.unprivileged_userns_clone": "0"}
            ),
            (
                "Run: printf '%s\\n' user.max_user_namespaces=15000 "
                "kernel.unprivileged_userns_clone=1"
                " | sudo tee /etc/sysctl.d/60-codeact.conf && sudo sysctl --system"
            ),
        ),
        (
            System(settings=APPARMOR_RESTRICTS),
            (
                "Run: sudo tee /etc/apparmor.d/bwrap <<'END' && "
                f"sudo apparmor_parser -r /etc/apparmor.d/bwrap\n{APPARMOR}END"
            ),
        ),
        (
            System(container="docker"),
            (
                "Start the container with: docker run --security-opt seccomp=unconfined "
                "--security-opt apparmor=unconfined --security-opt systempaths=unconfined "
                "(in devcontainer.json: the same under runArgs)"
            ),
        ),
        (System(), "Ask the administrator of this machine to allow user namespaces."),
    ],
)
def test_a_bubblewrap_that_does_not_start_gets_what_it_lacks(system: System, command: str) -> None:
    assert remedy(bare(DENIED), system) == command


def test_all_that_withholds_namespaces_is_told_and_a_profile_only_where_there_is_none() -> None:
    settings = {"user.max_user_namespaces": "0", **APPARMOR_RESTRICTS}
    first, *more = remedy(bare(DENIED), System(settings=settings)).splitlines()
    assert "user.max_user_namespaces=15000" in first
    assert "\n".join(more).startswith("Run: sudo tee /etc/apparmor.d/bwrap")
    profiled = System(settings=settings, profiles=("/etc/apparmor.d/bwrap-userns-restrict",))
    assert remedy(bare(DENIED), profiled) == first


@pytest.mark.parametrize("kind", ["user", "mnt", "pid", "net", "ipc", "uts", "cgroup"])
def test_each_limit_of_namespaces_is_raised_where_it_is_too_low(kind: str, tmp_path: Path) -> None:
    setting = f"user.max_{kind}_namespaces"
    file = tmp_path / "proc/sys" / setting.replace(".", "/")
    file.parent.mkdir(parents=True)
    file.write_text("3\n", encoding="ascii")
    system = look(tmp_path)
    assert f"echo {setting}=15000 |" in remedy(bare(DENIED), system)
    (lack,) = scarce(system)
    assert (lack.found, lack.remedy) == (f"{setting} is 3", remedy(bare(DENIED), system))
    file.write_text("96365\n", encoding="ascii")
    assert scarce(look(tmp_path)) == ()


def test_who_is_to_install_bubblewrap_learns_at_once_what_it_would_not_start_without() -> None:
    found = bare({**NOT_INSTALLED, "userns": "none can be made"})
    system = System(installer="apt-get", settings={"user.max_user_namespaces": "0"})
    program, namespaces, _ = lacking(found, system)
    assert (program.mechanism, program.remedy) == (
        "bubblewrap",
        "Run: sudo apt-get install bubblewrap",
    )
    assert (namespaces.mechanism, namespaces.tier) == ("user namespaces", Tier.CONTAINED)
    assert "user.max_user_namespaces=15000" in namespaces.remedy
    profiled = System(profiles=("/etc/apparmor.d/bwrap-userns-restrict",))
    assert [lack.mechanism for lack in lacking(found, profiled)] == ["bubblewrap", "control group"]


@pytest.mark.parametrize(
    ("container", "flag"),
    [("docker", "systempaths=unconfined"), ("podman", "unmask=ALL"), ("kubernetes", "procMount")],
)
def test_in_a_container_it_is_its_own_start_and_its_host_that_have_to_change(
    container: str, flag: str
) -> None:
    said = remedy(bare(DENIED), System(container=container, settings=APPARMOR_RESTRICTS))
    start, host = said.splitlines()
    assert flag in start
    assert host == (
        "On its host, run: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    )


def test_a_profile_that_binds_what_runs_in_bubblewrap_is_switched_off_for_ours() -> None:
    restricting = "/etc/apparmor.d/bwrap-userns-restrict"
    system = System(root=True, settings=APPARMOR_RESTRICTS, profiles=(restricting,))
    assert remedy(bare(DENIED), system).startswith(
        f"Run: ln -sf {restricting} /etc/apparmor.d/disable/ && tee /etc/apparmor.d/bwrap <<'END'"
    )


def test_namespaces_of_each_node_are_missed_only_above_what_contains_all() -> None:
    found = Mechanisms(
        Path("/usr/bin/bwrap"), landlock=7, seccomp=True, faults={"nested": "Permission denied"}
    )
    first, second = lacking(found, System(settings=APPARMOR_RESTRICTS))
    assert (first.mechanism, first.tier) == ("namespaces of each node", Tier.ISOLATED)
    assert "userns," in first.remedy
    assert (second.mechanism, second.tier) == ("control group", Tier.ACCOUNTED)


def test_landlock_is_switched_on_where_the_kernel_has_it() -> None:
    found = Mechanisms(seccomp=True)
    off = System(modules=("lockdown", "yama", "apparmor"))
    assert remedy(found, off) == (
        "Start the kernel with the parameter lsm=landlock,lockdown,yama,apparmor"
    )
    assert "Linux 5.13" in remedy(found, System())
    assert "older than Landlock" in remedy(found, System(container="podman"))


@pytest.mark.parametrize(
    ("fault", "system", "said"),
    [
        (
            "Operation not supported",
            System(),
            (
                "Start the kernel with the parameter lsm=landlock,..., where ... is what "
                "/sys/kernel/security/lsm says now"
            ),
        ),
        (
            "Operation not supported",
            System(container="docker", modules=("yama",)),
            "Start the kernel of its host with the parameter lsm=landlock,yama",
        ),
        (
            "Function not implemented",
            System(kernel="5.10"),
            "Update the kernel: it is Linux 5.10, and Landlock came with 5.13.",
        ),
        (
            "Function not implemented",
            System(kernel="4.18", container="docker"),
            "Update the kernel of its host: it is Linux 4.18, and Landlock came with 5.13.",
        ),
        (
            "Function not implemented",
            System(kernel="6.1", container="docker"),
            (
                "Update what runs this container: its filter of system calls is older than "
                "Landlock. Or the kernel of its host is built without CONFIG_SECURITY_LANDLOCK=y."
            ),
        ),
    ],
)
def test_what_helps_against_a_lack_of_landlock_is_what_the_kernel_s_answer_means(
    fault: str, system: System, said: str
) -> None:
    found = Mechanisms(seccomp=True, faults={"landlock": f"{KERNEL_SAYS}{fault}"})
    assert remedy(found, system) == said


def test_no_library_is_installed_where_it_is_the_kernel_that_does_not_filter() -> None:
    found = Mechanisms(landlock=7, faults={"seccomp": f"{KERNEL_SAYS}Invalid argument"})
    kernel = "a kernel that is built with CONFIG_SECCOMP_FILTER=y"
    assert remedy(found, System(installer="apt-get")) == f"It takes {kernel}."
    assert remedy(found, System(container="docker")) == (
        f"It takes {kernel}, and a container whose own filter lets it add one."
    )


def test_the_library_that_writes_filters_is_installed_under_its_name() -> None:
    found = Mechanisms(landlock=7)
    assert remedy(found, System(installer="apt-get")) == "Run: sudo apt-get install libseccomp2"
    assert remedy(found, System(installer="dnf")) == "Run: sudo dnf install libseccomp"
    assert remedy(found, System()) == "Install libseccomp (libseccomp.so.2)."


def test_what_is_withheld_is_given_back_by_unsetting_the_variable() -> None:
    found = without(Mechanisms(), ["landlock", "seccomp", "userns", "cgroup"])
    remedies = {lack.mechanism: lack.remedy for lack in lacking(found, System())}
    assert remedies.keys() == {"Landlock", "seccomp", "bubblewrap", "control group"}
    assert set(remedies.values()) == {"Unset the variable CODEACT_SANDBOX_WITHHOLD."}


def test_what_spawned_nodes_lack_is_given_back_by_unsetting_the_variable() -> None:
    all_there = Mechanisms(bubblewrap=Path("/usr/bin/bwrap"), nested=True, landlock=7, seccomp=True)
    (own, _) = lacking(spawned(all_there), System())
    assert own.mechanism == "namespaces of each node"
    assert own.remedy == "Unset the variable CODEACT_START_METHOD."


@pytest.mark.parametrize(
    ("name", "tier", "way_out"),
    [("darwin", Tier.SEATBELT, "runs Linux"), ("win32", Tier.JOB, "wsl --install")],
)
def test_elsewhere_it_says_that_nothing_is_proven(name: str, tier: Tier, way_out: str) -> None:
    (lack,) = lacking(Mechanisms(), System(name=name))
    assert lack.tier is tier
    assert "not yet applied to nodes" in lack.found
    assert way_out in lack.remedy


def test_a_system_is_known_by_its_files(tmp_path: Path) -> None:
    for name, text in {
        "usr/bin/apk": "",
        ".dockerenv": "",
        "proc/sys/user/max_user_namespaces": "0\n",
        "proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1\n",
        "proc/sys/kernel/osrelease": "5.9.12-generic\n",
        "sys/kernel/security/lsm": "lockdown,yama",
        "etc/apparmor.d/bwrap-userns-restrict": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    seen = look(tmp_path)
    assert (seen.installer, seen.container, seen.modules) == ("apk", "docker", ("lockdown", "yama"))
    assert seen.kernel == "5.9"
    assert seen.is_older_than(5, 13)
    assert not seen.is_older_than(5, 9)
    assert seen.profiles == ("/etc/apparmor.d/bwrap-userns-restrict",)
    assert seen.settings == {"user.max_user_namespaces": "0", **APPARMOR_RESTRICTS}


def test_nothing_is_known_of_a_system_without_files(tmp_path: Path) -> None:
    seen = look(tmp_path)
    assert (seen.installer, seen.container, seen.settings, seen.modules) == ("", "", {}, ())
    assert not seen.is_older_than(5, 13)
