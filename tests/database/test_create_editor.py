"""`manage.py create_editor` makes an account that can log in and edit, and says what is wrong."""

import getpass
import io

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

User = get_user_model()
GOOD = "Kx7-hullabaloo"


class Terminal(io.StringIO):
    """Standard input of somebody who sits at a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def typed(monkeypatch):
    """Let a test type into standard input, or answer questions for a password."""

    def type_in(text="", *, passwords=None):
        stdin = Terminal(text) if passwords is not None else io.StringIO(text)
        monkeypatch.setattr("sys.stdin", stdin)
        answers = iter(passwords or [])
        monkeypatch.setattr(getpass, "getpass", lambda prompt: next(answers))

    return type_in


def run(*args):
    """Run the command; return what it printed."""
    out = io.StringIO()
    call_command("create_editor", *args, stdout=out, stderr=out)
    return out.getvalue()


def test_the_password_is_read_from_standard_input(db, typed):
    typed(f"{GOOD}\n")
    printed = run("anna", "--password-stdin")

    user = User.objects.get(username="anna")
    assert user.check_password(GOOD)
    assert user.is_staff
    assert not user.is_superuser
    assert user.has_perm("catalog.change_publication")
    assert not user.has_perm("auth.change_user")
    assert GOOD not in printed


def test_without_a_terminal_a_password_is_made_and_printed(db, typed):
    typed("")
    printed = run("anna")
    password = printed.strip().rpartition(" ")[2]
    assert len(password) > 20
    assert User.objects.get(username="anna").check_password(password)


def test_on_a_terminal_the_password_is_asked_for_until_it_is_good_and_typed_twice(db, typed):
    typed(passwords=[GOOD, "something else", "123", "123", GOOD, GOOD])
    printed = run("anna")
    assert "The two passwords differ." in printed
    assert "too short" in printed
    assert User.objects.get(username="anna").check_password(GOOD)


def test_after_three_failures_no_account_is_made(db, typed):
    typed(passwords=["123", "123"] * 3)
    with pytest.raises(CommandError, match="No account was created"):
        run("anna")
    assert not User.objects.filter(username="anna").exists()


def test_a_taken_name_is_refused(db, typed):
    User.objects.create_user("anna")
    typed(GOOD)
    with pytest.raises(CommandError, match="already exists"):
        run("anna", "--password-stdin")


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("anna maria", GOOD, "valid username"),
        ("anna", "123", "too short"),
        ("anna", "", "contains no password"),
        ("hullabaloo", "hullabaloo", "too similar"),
    ],
)
def test_what_cannot_be_an_account_is_refused(db, typed, name, password, words):
    typed(f"{password}\n")
    with pytest.raises(CommandError, match=words):
        run(name, "--password-stdin")
    assert not User.objects.exists()


def test_without_the_group_the_command_says_what_to_do(db, typed):
    Group.objects.all().delete()
    typed(GOOD)
    with pytest.raises(CommandError, match="load_fixtures"):
        run("anna", "--password-stdin")


def test_the_account_can_log_in(db, typed, rf):
    typed(GOOD)
    run("anna", "--password-stdin")
    request = rf.post("/admin/login/")
    assert authenticate(request, username="anna", password=GOOD)
