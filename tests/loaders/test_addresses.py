"""What is on the public web and what is not, however it is written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import AddressRefused, FetchFailed
from summarizer.loaders.addresses import check_host, is_public, public_address
from tests.loaders.web import always


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",  # noqa: S104 - refused
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
        ),
        *(
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.51.100.1",
        ),
        *("203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:100.64.0.1", "::ffff:0:127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1", "2001:db8::1", "2002:7f00:1::"),
        *(
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fe80::1%eth0",
            "fec0::1",
            "ff02::1",
            "100::1",
        ),
    ],
)
def test_no_address_of_another_network_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_never_makes_it_public(address: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{address}")
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address))

    assert is_public(mapped) == is_public(translated) == is_public(address)
    assert is_public(address) <= address.is_global


@pytest.mark.parametrize(
    "host",
    [
        *(
            "2130706433",
            "0x7f000001",
            "0x7F.1",
            "017700000001",
            "0177.0.0.1",
            "127.1",
            "127.0.1",
            "1.2.3.4.5",
            "0",
        ),
        *(
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer.local",
            "db.internal",
            "router.lan",
            "",
            "x.onion",
        ),
    ],
)
def test_a_number_that_is_no_address_and_a_local_name_are_refused(host: str) -> None:
    with pytest.raises(AddressRefused, match="no host on the public web"):
        check_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "news.example",
        "8.8.8.8",
        "[2606:4700::1111]",
        "1.example",
        "xn--mnchen-3ya.example",
        "internal.example",
    ],
)
def test_names_and_whole_addresses_pass_on_to_the_resolver(host: str) -> None:
    check_host(host)


@pytest.mark.parametrize(
    "found",
    [["8.8.8.8", "127.0.0.1"], ["10.0.0.1"], ["2606:4700::1111", "::1"], ["not an address"], ["fe80::1%2"]],
)
def test_one_address_that_is_not_public_refuses_them_all(found: list[str]) -> None:
    with pytest.raises(AddressRefused, match="not on the public web"):
        public_address("two.example", 80, 1.0, always(*found), is_public)


def test_the_first_of_the_addresses_is_the_one() -> None:
    found = ["93.184.216.34", "8.8.8.8"]

    assert public_address("a.example", 80, 1.0, always(*found), is_public) == "93.184.216.34"
    with pytest.raises(FetchFailed, match="has no address"):
        public_address("a.example", 80, 1.0, always(), is_public)
