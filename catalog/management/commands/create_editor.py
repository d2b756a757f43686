"""`manage.py create_editor NAME`: an account that may curate everything but accounts."""

from __future__ import annotations

import getpass
import secrets
import sys

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

EDITORS = "Editors"
PUBLISHERS = "Publishers"
TRIES = 3


class Command(BaseCommand):
    """Make an account in the group of editors, with a password that nobody has to guess."""

    help = (
        "Create an account that may edit all content but not accounts. On a terminal it asks for "
        "the password; otherwise it makes one and prints it once."
    )

    def add_arguments(self, parser):
        """Take the name, and whether the password comes in on standard input."""
        parser.add_argument("name", help="the name to sign in with")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from the first line of standard input",
        )
        parser.add_argument(
            "--publisher",
            action="store_true",
            help="also let the account delete texts that come from the data set",
        )

    def handle(self, name: str, password_stdin: bool, publisher: bool, **options):
        """Make the account; print the password only if it was made here."""
        user = get_user_model()(username=name, is_staff=True)
        groups = self.groups_for(user, [EDITORS, PUBLISHERS] if publisher else [EDITORS])
        made = not password_stdin and not sys.stdin.isatty()
        if password_stdin:
            password = self.read_password(user)
        elif made:
            password = secrets.token_urlsafe(16)
        else:
            password = self.ask_password(user)
        user.set_password(password)
        with transaction.atomic():
            user.save()
            user.groups.add(*groups)
        role = "publisher" if publisher else "editor"
        self.stdout.write(f"The {role} ‘{name}’ can now sign in at /admin/.")
        if made:
            self.stdout.write(f"Password (shown only this once): {password}")

    def groups_for(self, user, names: list[str]) -> list[Group]:
        """Return the groups with these names; raise CommandError if no account can be made."""
        try:
            user.clean_fields(exclude=["password"])
            user.validate_unique()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        groups = {group.name: group for group in Group.objects.filter(name__in=names)}
        for name in names:
            if name not in groups:
                raise CommandError(
                    f"There is no group ‘{name}’ yet. Run `manage.py load_fixtures` first."
                )
        return list(groups.values())

    def read_password(self, user) -> str:
        """Return the first line of standard input; raise CommandError if it is too weak."""
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise CommandError("Standard input contains no password.")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password

    def ask_password(self, user) -> str:
        """Return a password typed twice; raise CommandError after three failures."""
        for _try in range(TRIES):
            password = getpass.getpass("Password: ")
            if password != getpass.getpass("Password again: "):
                self.stderr.write("The two passwords differ.")
                continue
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))
                continue
            return password
        raise CommandError("No account was created.")
