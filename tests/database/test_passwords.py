"""Weak passwords are refused wherever one is set."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from catalog.protection.passwords import MOST_ESTIMATED
from tests.found import some

User = get_user_model()
GOOD = "Kx7-hullabaloo"
WEAK = [
    # name, first name, last name, e-mail, password
    ("ed1", "", "", "", "ed1ed1ed1"),
    ("ed1", "", "", "", "ed1ed1ed1ed1"),
    ("ed1", "", "", "", "ed1-ed1-ed1-ed1"),
    ("ed1", "", "", "", "Ed1Ed1Ed1Ed1!!"),
    ("ed1", "", "", "", "1de1de1de1de1de"),
    ("ed1", "", "", "", "xed1ed1ed1ed1ed1x"),
    ("ed", "", "", "", "edededededededed"),
    ("anna", "", "", "", "anna-anna-2026"),
    ("a.rossi", "Anna", "Rossi", "", "Anna.Rossi-1985"),
    ("editor7", "", "", "maria@bern.example", "maria.bern.1985"),
    ("anna", "", "", "", "itu-portal-2026"),
    ("anna", "", "", "", "Short-7x"),
    ("anna", "", "", "", "123456789012345"),
    ("anna", "", "", "", "password1234"),
    ("anna", "", "", "", "qwertyuiop1234"),
    ("anna", "", "", "", "aaaaaaaaaaaaaaaaaaaa"),
    ("anna", "", "", "", "abcabcabcabcabcabc"),
    ("anna", "", "", "", "P@ssw0rdP@ssw0rd"),
]


@pytest.mark.parametrize("row", WEAK, ids=[row[-1] for row in WEAK])
def test_a_password_that_is_soon_guessed_is_refused(row):
    name, first, last, email, password = row
    user = User(username=name, first_name=first, last_name=last, email=email)
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert all(len(words) > 20 for words in some(refused.value.messages))


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "blue horses fly at noon",
        "correct horse battery staple",
        "9fJ2-qLx8-ZtW0",
        "Weiße Pferde über Gent",
        "z" + "Q7!x" * 1000,
    ],
)
def test_a_good_password_is_taken(password):
    validate_password(password, User(username="ed1", email="anna@itu.example"))


def test_no_more_than_the_beginning_of_a_long_password_is_estimated(monkeypatch):
    asked = []

    def estimate(password, **_options):
        asked.append(password)
        return {"score": 4}

    monkeypatch.setattr("zxcvbn.zxcvbn", estimate)
    validate_password("4@8({[</369&#!1/|0$5+7%2" * 200, User(username="ed1"))
    assert [len(password) for password in asked] == [MOST_ESTIMATED]


def test_the_command_refuses_it(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("ed1ed1ed1\n"))
    with pytest.raises(CommandError, match="made up of your name"):
        call_command("create_editor", "ed1", "--password-stdin")
    assert not User.objects.exists()


@pytest.fixture
def root(client, db):
    user = User.objects.create_superuser("root", password=GOOD)
    client.force_login(user)
    return user


def test_the_form_of_a_new_account_refuses_it(client, root):
    form = {"username": "ed1", "password1": "ed1ed1ed1", "password2": "ed1ed1ed1"}
    answer = client.post(reverse("admin:auth_user_add"), {**form, "usable_password": "true"})
    assert answer.status_code == 200
    assert "made up of your name" in answer.content.decode()
    assert not User.objects.filter(username="ed1").exists()


def test_the_form_for_a_new_password_of_others_refuses_it(client, root):
    user = User.objects.create_user("ed1", password=GOOD)
    answer = client.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {"password1": "ed1ed1ed1", "password2": "ed1ed1ed1", "usable_password": "true"},
    )
    assert "made up of your name" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_the_form_for_a_new_password_of_ones_own_refuses_it(client, db):
    user = User.objects.create_user("ed1", password=GOOD, is_staff=True)
    client.force_login(user)
    answer = client.post(
        reverse("admin:password_change"),
        {
            "old_password": GOOD,
            "new_password1": "ed1ed1ed1",
            "new_password2": "ed1ed1ed1",
        },
    )
    assert "made up of your name" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(GOOD)
