"""What no password may be: made of names, or easy to guess. Django asks wherever one is set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What anybody would try first here.
OF_THIS_SITE = ("itu", "portal", "knowledge", "catalogue", "editor", "admin", "telecommunication")
COLUMNS = ("username", "first_name", "last_name", "email")
SHORTEST_NAME = 3  # Shorter pieces stand in many words by chance.
LEAST_LEFT = 8  # characters
# 0 to 4; 3 withstands 10^8 guesses, 4 more than 10^10 (Wheeler, “zxcvbn”, USENIX Security 2016).
LEAST_SCORE = 3
# What comes after is left out: an estimate of twice the length may take four times as long.
MOST_ESTIMATED = 40


class NotMadeOfNames:
    """Refuses a password that is little more than the owner's names and words of the site.

    `ed1ed1ed1` is no password of ed1, nor is `Maria.Rossi-1985` one of maria.rossi.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError if fewer than eight characters are left."""
        left = _left_without(names_of(user), password.casefold())
        if left < min(LEAST_LEFT, len(password)):
            raise ValidationError(
                _(
                    "The password is made up of your name or words of this site. Without them, at "
                    "least %(least)d characters must remain."
                ),
                code="password_made_of_names",
                params={"least": LEAST_LEFT},
            )

    def get_help_text(self) -> str:
        return _(
            "Your password must not consist of your name and words of this site, repeated or not."
        )


class HardToGuess:
    """Refuses a password that a program finds soon: words, dates, rows of keys, repetitions."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError if the estimate of guesses is too low."""
        # Its lists of words fill megabytes, and most processes never set a password.
        from zxcvbn import zxcvbn

        estimate = zxcvbn(password[:MOST_ESTIMATED], user_inputs=list(names_of(user)))
        if estimate["score"] < LEAST_SCORE:
            raise ValidationError(
                _(
                    "The password is easy to guess: it repeats itself, or it is made of common "
                    "words, dates or neighbouring keys. Use several words that have nothing to do "
                    "with each other, or let a program make one."
                ),
                code="password_easy_to_guess",
            )

    def get_help_text(self) -> str:
        return _(
            "Your password must not be easy to guess; several unrelated words are hard to guess."
        )


def _left_without(names: Iterable[str], text: str) -> int:
    """Return how many characters of a text stand in none of the names, read in either direction."""
    covered: set[int] = set()
    for name in names:
        for word in (name, name[::-1]):
            for found in re.finditer(f"(?={re.escape(word)})", text):
                covered.update(range(found.start(), found.start() + len(word)))
    return len(text) - len(covered)


def names_of(user: AbstractBaseUser | None) -> Iterator[str]:
    """Yield the names of a user and their pieces in lower case, and the words of the site."""
    yield from OF_THIS_SITE
    for column in COLUMNS:
        name = str(getattr(user, column, None) or "").casefold()
        for piece in (name, *re.split(r"[\W_]+", name)):
            if len(piece) >= SHORTEST_NAME:
                yield piece
