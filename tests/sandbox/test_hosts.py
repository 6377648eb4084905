"""Which hosts a grant is for: one spelling each, and nothing that only looks like it."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.sandbox.hosts import AllowList, HostError, Target, grant_of, target_of


@pytest.mark.parametrize(
    ("granted", "reached"),
    [
        ("example.com", "example.com:443 example.com:80 EXAMPLE.com:443 example.com.:443"),
        ("Example.COM.", "example.com:443"),
        ("example.com:8080", "example.com:8080"),
        ("*.example.com", "api.example.com:443 a.b.example.com:80"),
        ("*.example.com:8443", "api.example.com:8443"),
        ("intranet", "intranet:80"),
        ("under_score.example", "under_score.example:80"),
        ("bücher.example", "xn--bcher-kva.example:443"),
        ("*.BÜCHER.example:8080", "a.xn--bcher-kva.example:8080"),
        ("127.0.0.1:8000", "127.0.0.1:8000 127.0.0.1.:8000 [::ffff:127.0.0.1]:8000"),
        ("[::1]:8000", "[::1]:8000 [0:0:0:0:0:0:0:1]:8000"),
        ("[2001:DB8::1]", "[2001:db8::1]:443"),
    ],
)
def test_a_grant_covers(granted: str, reached: str) -> None:
    allowed = AllowList([granted])
    for authority in reached.split():
        assert allowed.covering(target_of(authority)), authority


@pytest.mark.parametrize(
    ("granted", "refused"),
    [
        ("example.com", "example.com:8080 api.example.com:443 notexample.com:443 example.co:443"),
        ("example.com", "example.com.evil.example:443 com:443 93.184.216.34:443"),
        ("example.com:8080", "example.com:443"),
        ("*.example.com", "example.com:443 badexample.com:443 a.example.com:8080"),
        ("*.example.com", "example.com.evil.example:443"),
        ("127.0.0.1:8000", "127.0.0.1:8001 127.0.0.2:8000 localhost:8000 [::1]:8000"),
        ("localhost:8000", "127.0.0.1:8000"),
    ],
)
def test_a_grant_does_not_cover(granted: str, refused: str) -> None:
    allowed = AllowList([granted])
    for authority in refused.split():
        assert not allowed.covering(target_of(authority)), authority


@pytest.mark.parametrize(
    "authority",
    [
        "",
        ":443",
        "example.com:",
        "example.com:0",
        "example.com:65536",
        "example.com:443:443",
        "example.com:+443",
        "example.com:\uff14\uff14\uff13",
        "example.com@evil.example:443",
        "evil.example#@example.com:443",
        "example.com/:443",
        "example.com\\@evil.example:443",
        "example.com\r\nX: y:443",
        "example.com\0.evil.example:443",
        "example.com%00:443",
        "exam ple.com:443",
        "*.example.com:443",
        "example..com:443",
        ".example.com:443",
        "example.com..:443",
        "-example.com:443",
        "exämple.com:443",
        "example。com:443",
        f"{'a' * 64}.com:443",
        f"{'a.' * 127}com:443",
        "2130706433:443",
        "0x7f000001:443",
        "0x7f.0.0.1:443",
        "0177.0.0.1:443",
        "127.0.0.01:443",
        "127.1:443",
        "127.0.0.1.1:443",
        "256.0.0.1:443",
        "example.0x:443",
        "\uff11\uff12\uff17.0.0.1:443",
        "::1:443",
        "[::1:443",
        "[127.0.0.1]:443",
        "[fe80::1%eth0]:443",
        "[example.com]:443",
        "[::1]x:443",
    ],
)
def test_what_is_no_host_in_its_one_spelling_is_refused(authority: str) -> None:
    with pytest.raises(HostError):
        target_of(authority)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "http://example.com",
            "'http://example.com' is no host: write example.com, example.com:8080",
        ),
        ("example.com/path", "'example.com/path' is no host: write example.com"),
        ("*", "'*' is no name of a host."),
        ("*.com", "'*.com' is too wide: name a domain, as in *.example.com."),
        ("*.127.0.0.1", "'*.127.0.0.1' is too wide: name a domain, as in *.example.com."),
        ("a.*.example.com", "'a.*.example.com' is no name of a host."),
        ("10.0.0.0/8", "'10.0.0.0/8' is no host: write example.com"),
        ("127.1", "'127.1' is no address: write it as in 192.0.2.1."),
        ("::1", "'::1' is no host: write example.com, example.com:8080, or [::1]:8080."),
        ("[::g]", "'::g' is no address, as 2001:db8::1 is."),
        ("[fe80::1%eth0]", "'fe80::1%eth0' names an interface of one machine."),
        (
            "straße.example",
            "'stra\\xdfe.example' can be spelt in two ways: write its form in xn--.",
        ),
        (f"{'ü' * 64}.example", "is no name of a host."),
    ],
)
def test_a_grant_that_cannot_be_is_answered_with_what_could(text: str, complaint: str) -> None:
    with pytest.raises(HostError) as error:
        grant_of(text)
    assert complaint in str(error.value)


def test_a_grant_is_shown_as_what_it_is_for() -> None:
    """A name in Cyrillic letters must not look like the Latin one that the user may think of."""
    assert str(grant_of("\u0430pple.example")) == "xn--pple-43d.example"
    assert str(grant_of("*.Example.com.:8443")) == "*.example.com:8443"
    assert str(grant_of("[0:0::1]:8000")) == "[::1]:8000"
    assert str(AllowList(["example.com", "127.0.0.1:1"])) == "example.com, 127.0.0.1:1"
    many = AllowList(f"{number}.example.com" for number in range(7))
    assert str(many).endswith("3.example.com, 4.example.com and 2 more")


def test_what_to_ask_for_names_the_port_only_where_it_has_to() -> None:
    assert target_of("Example.com:443").asked_for == "example.com"
    assert target_of("example.com", 80).asked_for == "example.com"
    assert target_of("[::1]:8000").asked_for == "[::1]:8000"


_NAMES = st.from_regex(r"([a-z][a-z0-9-]{0,9}[a-z]\.){1,3}[a-z]{2,9}", fullmatch=True)
_ADDRESSES = st.ip_addresses().map(lambda address: str(Target(address, 80)).removesuffix(":80"))


@given(host=_NAMES | _ADDRESSES, port=st.integers(1, 65_535))
def test_what_a_refusal_says_to_ask_for_is_what_helps(host: str, port: int) -> None:
    target = target_of(f"{host}:{port}")
    grant = grant_of(target.asked_for)
    assert grant.covers(target)
    assert grant_of(str(grant)) == grant


@given(st.text(max_size=40))
def test_any_text_is_a_grant_or_an_error(text: str) -> None:
    try:
        grant = grant_of(text)
    except HostError:
        return
    assert grant_of(str(grant)) == grant
    assert isinstance(grant.host, str) or ip_address(str(grant.host)) == grant.host
