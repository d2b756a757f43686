"""The small kind of regular expressions that rules may use, read for what can be known of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

LENGTH = 400  # characters of a long title
OPENING = 6  # characters of a beginning that are looked at
MOST_OPENINGS = 64
DEEPEST = 8  # groups in groups
SEVERAL = re.compile(r"\{(\d{1,2})(?:(,)(\d{1,2})?)?\}")
GROUPS = ("(?:", "(?-i:")
# What looks ahead or back and takes up no characters.
LOOKS = ("(?!", "(?=", "(?<!", "(?<=")
CLASSES = "wWdDsS"
SIGNS = "()[]{}*+?|^$"
# Letters that stand for others too where case does not count: K for the sign of kelvin.
VAGUE = re.compile(r"[^ -~]")


class ExpressionError(ValueError):
    """An expression is not allowed; the message goes on from its words: “a(b: …”."""


@dataclass(frozen=True)
class Shape:
    """What is known of a part of an expression.

    `ways` says how many ways there are at most to match it from one place. `openings` says how
    its matches begin, in small letters, as far as that is known, each with whether what follows
    the part goes on there.
    """

    ways: int = 1
    openings: frozenset[tuple[str, bool]] = frozenset({("", True)})
    can_be_empty: bool = True

    def then(self, other: Shape) -> Shape:
        """Return the shape of this part with another one after it."""
        openings = set()
        for text, goes_on in self.openings:
            if not goes_on or len(text) >= OPENING:
                openings.add((text[:OPENING], False))
                continue
            openings.update(
                (f"{text}{more}", more_goes_on) for more, more_goes_on in other.openings
            )
        return Shape(
            self.ways * other.ways, _few(openings), self.can_be_empty and other.can_be_empty
        )

    def times(self, least: int, most: int | None) -> Shape:
        """Return the shape of this part repeated; raise ExpressionError if that may take long."""
        if most is None:
            if self.ways > 1 or self.can_be_empty:
                raise ExpressionError("repeats without limit what may itself match in several ways")
            ways = LENGTH
        else:
            ways = sum(self.ways**number for number in range(least, most + 1))
        once = frozenset((text, goes_on and most == 1) for text, goes_on in self.openings)
        openings = once if least else once | {("", True)}
        return Shape(ways, openings, self.can_be_empty or not least)


NOTHING = Shape()
UNKNOWN = Shape(openings=frozenset({("", False)}), can_be_empty=False)
DIGIT = Shape(openings=frozenset((str(n), True) for n in range(10)), can_be_empty=False)


def read_shape(text: str) -> Shape:
    """Return what is known of an expression.

    Raises ExpressionError for what rules may not use: references back, options, lazy repetition.
    """
    reader = _Reader(text)
    shape = reader.choice(0)
    if reader.place < len(text):
        raise ExpressionError("has a bracket ‘)’ that nothing opens")
    return shape


def _few(openings: set[tuple[str, bool]]) -> frozenset[tuple[str, bool]]:
    return frozenset(openings) if len(openings) <= MOST_OPENINGS else UNKNOWN.openings


def _letter(sign: str) -> Shape:
    if VAGUE.match(sign):
        return UNKNOWN
    return Shape(openings=frozenset({(sign.lower(), True)}), can_be_empty=False)


class _Reader:
    def __init__(self, text: str):
        self.text, self.place = text, 0

    def choice(self, depth: int) -> Shape:
        """Read alternatives up to the end or a closing bracket."""
        if depth > DEEPEST:
            raise ExpressionError("has too many groups in groups")
        parts = [self._sequence(depth)]
        while self._take("|"):
            parts.append(self._sequence(depth))
        if len(parts) == 1:
            return parts[0]
        return Shape(
            sum(part.ways for part in parts),
            _few({opening for part in parts for opening in part.openings}),
            any(part.can_be_empty for part in parts),
        )

    def _take(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.place):
            return False
        self.place += len(sign)
        return True

    def _sequence(self, depth: int) -> Shape:
        shape = NOTHING
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            shape = shape.then(self._repeated(depth))
        return shape

    def _repeated(self, depth: int) -> Shape:
        part = self._part(depth)
        if self._take("*"):
            part = part.times(0, None)
        elif self._take("+"):
            part = part.times(1, None)
        elif self._take("?"):
            part = part.times(0, 1)
        elif several := SEVERAL.match(self.text, self.place):
            self.place = several.end()
            least, comma, most = several.groups()
            part = part.times(int(least), int(most or least) if most or not comma else None)
        else:
            return part
        if self.place < len(self.text) and self.text[self.place] in "*+?{":
            raise ExpressionError("repeats a repetition")
        return part

    def _part(self, depth: int) -> Shape:
        for look in LOOKS:
            if self._take(look):
                return Shape(ways=self._group(depth).ways)
        if any(self._take(group) for group in GROUPS):
            return self._group(depth)
        if self.text.startswith("(?", self.place):
            raise ExpressionError("uses ‘(?’ in a way that rules do not know")
        if self._take("("):
            return self._group(depth)
        if self._take("["):
            return self._set()
        if self._take("\\"):
            return self._escaped()
        sign = self.text[self.place]
        if sign in SIGNS:
            raise ExpressionError(f"has a ‘{sign}’ where it means nothing; write ‘\\{sign}’")
        self.place += 1
        return UNKNOWN if sign == "." else _letter(sign)

    def _group(self, depth: int) -> Shape:
        shape = self.choice(depth + 1)
        if not self._take(")"):
            raise ExpressionError("has a bracket ‘(’ that nothing closes")
        return shape

    def _escaped(self) -> Shape:
        sign = self.text[self.place : self.place + 1]
        self.place += 1
        if sign == "d":
            return DIGIT
        if sign and sign in CLASSES:
            return UNKNOWN
        if not sign or sign.isalnum():
            raise ExpressionError(f"uses ‘\\{sign}’, which rules do not know")
        return _letter(sign)

    def _set(self) -> Shape:
        """Read characters of which one is meant, up to the closing bracket."""
        end = self.place
        while end < len(self.text) and self.text[end] != "]":
            end += 2 if self.text[end] == "\\" else 1
        inside, self.place = self.text[self.place : end], end + 1
        if end >= len(self.text) or not inside:
            raise ExpressionError("has a bracket ‘[’ that nothing closes")
        if re.search(r"\\[^wWdDsS\W]", inside):
            raise ExpressionError("uses a ‘\\’ in brackets in a way that rules do not know")
        is_plain = not re.search(r"\\|^\^|(?<=.)-(?=.)", inside)
        if not is_plain or VAGUE.search(inside):
            return UNKNOWN
        return Shape(
            openings=frozenset((sign.lower(), True) for sign in inside), can_be_empty=False
        )
