"""Guessing passwords is stopped where it comes from; the honest are not locked out by it."""

from __future__ import annotations

import datetime

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.protection.guessing import KNOWN_BROWSER, PER_NAME
from tests.pages.reading import main_text

PASSWORD = "Kx7-hullabaloo"
PAIR = 10
MINUTE = 60


@pytest.fixture
def proxies(settings):
    """Say how many proxies of ours a request passes."""

    def say(number: int) -> None:
        settings.TRUSTED_PROXIES = number

    return say


def sign_in(
    client: Client, password: str = "a wrong guess", name: str = "anna", address="", **headers
):
    """Send the form of the login from an address."""
    asked_from = {"REMOTE_ADDR": address} if address else {}
    form = {"username": name, "password": password}
    return client.post(reverse("admin:login"), form, headers=headers, **asked_from)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def counted() -> list[str]:
    """Return the addresses under which failures were counted."""
    return sorted(AccessAttempt.objects.values_list("ip_address", flat=True))


HEADERS = [
    # proxies, X-Forwarded-For, address of the connection, under which address it counts
    (0, "198.51.100.7", "203.0.113.9", "203.0.113.9"),
    (0, "198.51.100.7, 198.51.100.8", "203.0.113.9", "203.0.113.9"),
    (0, None, "2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::"),
    (0, None, "::1", "::1"),
    (0, None, "fe80::1%eth0", "fe80::"),
    (0, None, "::ffff:203.0.113.9", "203.0.113.9"),
    (0, None, "", "0.0.0.0"),
    (1, None, "127.0.0.1", "127.0.0.1"),
    (1, "", "127.0.0.1", "127.0.0.1"),
    (1, "198.51.100.7", "127.0.0.1", "198.51.100.7"),
    (1, "198.51.100.7", "", "198.51.100.7"),
    (1, "6.6.6.6, 198.51.100.7", "127.0.0.1", "198.51.100.7"),
    (1, "6.6.6.6,7.7.7.7,8.8.8.8,198.51.100.7", "127.0.0.1", "198.51.100.7"),
    (1, "10.0.0.1, 198.51.100.7", "127.0.0.1", "198.51.100.7"),
    (1, "6.6.6.6, 192.168.1.20", "127.0.0.1", "192.168.1.20"),
    (1, "198.51.100.7:51234", "127.0.0.1", "198.51.100.7"),
    (1, "[2001:db8:1:2::5]:443", "127.0.0.1", "2001:db8:1:2::"),
    (1, "2001:db8:1:2:3:4:5:6", "127.0.0.1", "2001:db8:1:2::"),
    (1, '6.6.6.6, "[2001:db8:1:2::5]"', "127.0.0.1", "2001:db8:1:2::"),
    # A quotation mark that the client opens swallows nothing of what the proxy adds.
    (1, '"6.6.6.6, 198.51.100.7', "127.0.0.1", "198.51.100.7"),
    (1, 'for=6.6.6.6;by=", 198.51.100.7', "127.0.0.1", "198.51.100.7"),
    # What cannot be read is not skipped in favour of what the client made up.
    (1, "6.6.6.6, unknown", "127.0.0.1", "127.0.0.1"),
    (1, "6.6.6.6, ", "127.0.0.1", "127.0.0.1"),
    (1, "6.6.6.6, 0.0.0.0", "127.0.0.1", "127.0.0.1"),
    (1, "6.6.6.6, 999.1.1.1", "127.0.0.1", "127.0.0.1"),
    (1, "' OR 1=1 --", "127.0.0.1", "127.0.0.1"),
    (1, "6.6.6.6," * 900 + "198.51.100.7", "127.0.0.1", "198.51.100.7"),
    (1, "9" * 8000, "127.0.0.1", "127.0.0.1"),
    (2, "198.51.100.7, 203.0.113.1", "127.0.0.1", "198.51.100.7"),
    (2, "6.6.6.6, 198.51.100.7, 203.0.113.1", "127.0.0.1", "198.51.100.7"),
    # Fewer than our proxies add: the farthest that one of them saw.
    (2, "203.0.113.1", "127.0.0.1", "203.0.113.1"),
    (2, "6.6.6.6, garbage, 203.0.113.1", "127.0.0.1", "203.0.113.1"),
    (2, None, "127.0.0.1", "127.0.0.1"),
]


@pytest.mark.parametrize(
    ("number", "forwarded", "peer", "address"), HEADERS, ids=[str(row[:3])[:60] for row in HEADERS]
)
def test_a_failure_counts_under_the_address_that_our_proxies_vouch_for(
    client, editor, proxies, number, forwarded, peer, address
):
    proxies(number)
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    answer = client.post(
        reverse("admin:login"),
        {"username": "anna", "password": "a wrong guess"},
        headers=headers,
        REMOTE_ADDR=peer,
    )
    assert answer.status_code == 200
    assert counted() == [address]


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "x-real-ip", "forwarded", "client-ip", "cf-connecting-ip"]
)
@pytest.mark.parametrize("number", [0, 1])
def test_another_made_up_header_for_each_guess_wins_no_guess(
    client, editor, proxies, number, header
):
    proxies(number)
    statuses = []
    for guess in range(PAIR):
        made_up = f"198.51.100.{guess}"
        value = f"for={made_up}" if header == "forwarded" else made_up
        if header == "x-forwarded-for" and number:
            value = f"{made_up}, 203.0.113.9"  # as the proxy passes it on
        statuses.append(sign_in(client, address="203.0.113.9", **{header: value}).status_code)
    assert statuses == [200] * (PAIR - 1) + [429]
    assert set(counted()) == {"203.0.113.9"}


def test_who_moves_about_in_the_network_of_one_customer_stays_one_client(client, editor):
    statuses = [
        sign_in(client, address=f"2001:db8:1:2::{guess + 1:x}").status_code for guess in range(PAIR)
    ]
    assert statuses[-1] == 429
    assert counted() == ["2001:db8:1:2::"]


def test_who_guesses_locks_out_neither_others_nor_other_names(client, editor):
    get_user_model().objects.create_user("berta", password=PASSWORD, is_staff=True)
    for _guess in range(PAIR + 3):
        sign_in(client, address="198.51.100.66")
    assert sign_in(client, PASSWORD, address="198.51.100.66").status_code == 429

    own, neighbour = Client(), Client()
    sign_in(own, PASSWORD, address="203.0.113.9")
    sign_in(neighbour, PASSWORD, name="berta", address="198.51.100.66")

    assert is_signed_in(own)
    assert is_signed_in(neighbour)


def test_the_page_says_in_words_how_long_to_wait(client, editor):
    for _guess in range(PAIR):
        answer = sign_in(client)
    assert answer.status_code == 429
    assert "Try again in 30 minutes" in main_text(answer)
    assert 29 * MINUTE < int(answer["Retry-After"]) <= 30 * MINUTE


def test_trying_while_locked_out_makes_the_wait_no_longer(client, editor):
    for _guess in range(PAIR):
        sign_in(client)
    past = timezone.now() - datetime.timedelta(minutes=20)
    AccessAttempt.objects.update(attempt_time=past)

    answers = [sign_in(client) for _guess in range(5)]

    assert {answer.status_code for answer in answers} == {429}
    assert "Try again in 10 minutes" in main_text(answers[-1])
    AccessAttempt.objects.update(attempt_time=past - datetime.timedelta(minutes=10))
    sign_in(client, PASSWORD)
    assert is_signed_in(client)


def guess_from_everywhere(number: int = PER_NAME) -> list[int]:
    """Guess a name's password from many addresses, four times from each; return the statuses."""
    return [
        sign_in(Client(), address=f"198.51.{guess // 800}.{guess // 4 % 200 + 1}").status_code
        for guess in range(number)
    ]


@pytest.mark.slow
def test_guessing_from_many_addresses_is_slowed_down(db, editor):
    statuses = guess_from_everywhere(PER_NAME + 20)
    assert statuses == [200] * (PER_NAME - 1) + [429] * 21
    assert len(set(counted())) > PAIR
    answer = sign_in(Client(), PASSWORD, address="203.0.113.9")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 30 * MINUTE


@pytest.mark.slow
def test_an_editor_signs_in_from_the_usual_browser_while_strangers_guess(client, editor):
    sign_in(client, PASSWORD, address="203.0.113.9")
    client.post(reverse("admin:logout"))
    assert not is_signed_in(client)
    guess_from_everywhere()
    assert sign_in(Client(), PASSWORD, address="203.0.113.9").status_code == 429

    sign_in(client, PASSWORD, address="203.0.113.77")

    assert is_signed_in(client)


@pytest.mark.slow
def test_the_proof_of_a_browser_holds_for_its_own_name_alone(client, editor):
    get_user_model().objects.create_user("berta", password=PASSWORD, is_staff=True)
    sign_in(client, PASSWORD, name="berta", address="203.0.113.9")
    client.post(reverse("admin:logout"))
    guess_from_everywhere()

    assert sign_in(client, PASSWORD, address="203.0.113.9").status_code == 429
    client.cookies[KNOWN_BROWSER] = "anna"
    assert sign_in(client, PASSWORD, address="203.0.113.9").status_code == 429


def test_a_known_browser_still_guesses_ten_times_only(client, editor):
    sign_in(client, PASSWORD, address="203.0.113.9")
    client.post(reverse("admin:logout"))
    statuses = [sign_in(client, address="203.0.113.9").status_code for _guess in range(PAIR)]
    assert statuses == [200] * (PAIR - 1) + [429]


def test_the_proof_is_a_cookie_that_scripts_and_other_sites_cannot_use(client, editor, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = sign_in(client, PASSWORD)
    cookie = answer.cookies[KNOWN_BROWSER]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == reverse("admin:login")
    assert KNOWN_BROWSER not in sign_in(Client()).cookies


def test_a_success_forgets_the_failures_of_its_own_address_alone(db, editor):
    own = Client()
    for _guess in range(3):
        sign_in(own, address="203.0.113.9")
        sign_in(Client(), address="198.51.100.66")
    sign_in(own, PASSWORD, address="203.0.113.9")
    assert counted() == ["198.51.100.66"]


def test_names_that_nobody_has_are_limited_alike(client, db):
    statuses = [sign_in(client, name="nobody").status_code for _guess in range(PAIR)]
    assert statuses == [200] * (PAIR - 1) + [429]
