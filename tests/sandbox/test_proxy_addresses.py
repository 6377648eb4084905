"""Where names may lead: the address that is checked is the one that is connected to."""

import socket
from ipaddress import ip_address

import pytest

from codeact_lsp.sandbox.proxying.addresses import look_up, why_closed
from tests.sandbox.proxied import hosting, proxying

MACHINE = "an address of this machine"
PRIVATE = "an address of a private network"
LINK = "a link-local address"
CREDENTIALS = "an address that gives away credentials"
RESERVED = "a reserved address"
MULTICAST = "a multicast address"


@pytest.mark.parametrize(
    ("addresses", "why"),
    [
        ("127.0.0.1 127.8.8.8 0.0.0.0 ::1 :: ::ffff:127.0.0.1 ::ffff:0.0.0.0", MACHINE),
        ("64:ff9b::127.0.0.1 2002:7f00:1::", MACHINE),
        ("10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 0.1.2.3 198.18.0.1", PRIVATE),
        ("100.64.0.1 100.127.255.255 240.0.0.1 255.255.255.255 192.0.2.7", PRIVATE),
        ("fc00::1 fd12:3456::1 ::ffff:192.168.0.1 64:ff9b::10.0.0.1 2002:a00:1::", PRIVATE),
        ("2001::1 2001:db8::1", PRIVATE),
        ("169.254.1.1 fe80::1 febf::1 ::ffff:169.254.0.1", LINK),
        ("169.254.169.254 fd00:ec2::254 ::ffff:169.254.169.254", CREDENTIALS),
        ("100.100.100.200 168.63.129.16 64:ff9b::169.254.169.254 2002:a9fe:a9fe::", CREDENTIALS),
        ("192.0.0.192 fd00:ec2::23 fd20:ce::254 fd00:c1::a9fe:a9fe fd00:42::42", CREDENTIALS),
        ("64:ff9b:1::a9fe:a9fe 64:ff9b:1:7::a9fe:a9fe ::ffff:192.0.0.192", CREDENTIALS),
        ("64:ff9b:1::10.0.0.1", PRIVATE),
        ("192.0.0.8 192.88.99.1 3fff::1", RESERVED),
        ("224.0.0.1 239.255.255.250 ff02::1 ff0e::1", MULTICAST),
        ("fec0::1 4000::1 5f00::1 ::7f00:1", RESERVED),
    ],
)
def test_names_may_not_lead_to(addresses: str, why: str) -> None:
    assert {why_closed(ip_address(address)) for address in addresses.split()} == {why}


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8", "100.128.0.1"],
)
def test_names_may_lead_to(address: str) -> None:
    assert why_closed(ip_address(address)) is None


async def test_a_granted_name_that_leads_here_is_refused_and_says_what_would_open_it() -> None:
    names = {"localhost": ["127.0.0.1"]}
    async with hosting() as host, proxying(f"localhost:{host.port}", names=names) as proxied:
        answer = await proxied.get(f"http://localhost:{host.port}/")
        (refusal,) = proxied.proxy.refusals
    assert answer.startswith(
        f"HTTP/1.1 refused by the sandbox: localhost:{host.port} leads to 127.0.0.1, "
        f"{MACHINE}, where no name may lead; "
        f"if it is what you mean, grant `network {host.at}` as well\r\n"
    )
    assert refusal.grant == host.at
    assert host.connections == 0


@pytest.mark.parametrize("mapped", ["::ffff:127.0.0.1", "::1", "127.0.0.1"])
async def test_a_granted_name_cannot_lead_here_in_another_form(mapped: str) -> None:
    async with hosting() as host:
        name = f"rebound.example:{host.port}"
        async with proxying(name, names={"rebound.example": [mapped]}) as proxied:
            assert "refused by" in await proxied.get(f"http://{name}/")
    assert host.connections == 0


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "169.254.7.7", "::ffff:169.254.169.254", "192.0.0.192"]
)
async def test_no_grant_opens_what_gives_away_credentials(address: str) -> None:
    """Whoever asks for it by a name or by itself: nothing is ever sent there."""
    named = ("169.254.169.254", "169.254.7.7", "192.0.0.192")
    grants = ("clouds.example:80", *(f"{each}:80" for each in named))
    async with proxying(*grants, names={"clouds.example": [address]}) as proxied:
        answer = await proxied.get("http://clouds.example/")
        bare = address.rpartition(":")[2]
        direct = await proxied.get(f"http://{bare}/")
    assert "which no grant opens" in answer
    assert f"{bare}:80 leads to {bare}" in direct
    assert "which no grant opens" in direct


async def test_a_port_that_was_granted_of_an_address_opens_no_other_port_to_names() -> None:
    async with hosting() as meant, hosting() as other:
        name = f"rebound.example:{other.port}"
        names = {"rebound.example": ["127.0.0.1"]}
        async with proxying(meant.at, name, names=names) as proxied:
            assert "refused by" in await proxied.get(f"http://{name}/")
    assert other.connections == 0


async def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_used() -> None:
    """Who answers the second time with another address is not asked a second time."""
    async with hosting(address="127.0.0.2") as host:
        name = f"rebound.example:{host.port}"
        names = {"rebound.example": ["127.0.0.2"]}
        async with proxying(name, f"127.0.0.2:{host.port}", names=names) as proxied:
            assert "hello" in await proxied.get(f"http://{name}/")
    assert proxied.looked_up == ["rebound.example"]


async def test_of_several_addresses_only_those_are_tried_that_are_open() -> None:
    async with hosting(address="127.0.0.2") as host:
        name = f"mixed.example:{host.port}"
        open_one = f"127.0.0.2:{host.port}"
        names = {"mixed.example": ["127.0.0.1", "10.0.0.1", "127.0.0.2"]}
        async with proxying(name, open_one, names=names) as proxied:
            assert "hello" in await proxied.get(f"http://{name}/")


async def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    async with hosting(address="127.0.0.2") as host:
        name = f"two.example:{host.port}"
        grants = (name, f"127.0.0.1:{host.port}", f"127.0.0.2:{host.port}")
        names = {"two.example": ["127.0.0.1", "127.0.0.2"]}
        async with proxying(*grants, names=names) as proxied:
            assert "hello" in await proxied.get(f"http://{name}/")


async def test_a_name_without_addresses_cannot_be_reached() -> None:
    async with proxying("empty.example", names={"empty.example": []}) as proxied:
        answer = await proxied.get("http://empty.example/")
    assert "no answer: empty.example:80 cannot be reached: it has no address" in answer


async def test_the_system_is_asked_for_addresses() -> None:
    assert ip_address("127.0.0.1") in await look_up("localhost")
    with pytest.raises(socket.gaierror):
        await look_up("a" * 64)  # No name server is asked for what cannot be a name.
