"""What the OpenAPI document says of the two ways to ask, with an example for every status."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from catalog.api.questions import QUERY_SCHEMA, QueriesSerializer
from catalog.api.serializers import AnswerSerializer, AnswersSerializer, ErrorSerializer
from catalog.terms import Outcome

SITE = "https://itu.example"
UNDOUBTED: dict[str, Any] = {"doubted": [], "changed": "2026-08-22T14:03:00Z"}
WORK = {
    "identifier": "ITU-T G.711",
    "kind": "recommendation",
    "state": "in-force",
    "title": "Pulse code modulation (PCM) of voice frequencies",
    "date": "1988-11-25",
    "url": f"{SITE}/itu-t/g.711/",
    **UNDOUBTED,
}
EDITION = WORK | {
    "identifier": "ITU-T G.711 (11/1988)",
    "url": f"{SITE}/itu-t/g.711/1988-11/",
}
CORRIGENDUM_OF_2005 = {
    "identifier": "ITU-T X.519 (2005) Cor. 1 (05/2008)",
    "kind": "corrigendum",
    "state": "superseded",
    "title": "Corrigendum 1 to ITU-T X.519 (2005)",
    "date": "2008-05-29",
    "url": f"{SITE}/itu-t/x.519/2008-05/cor1-2005/",
    **UNDOUBTED,
}
CORRIGENDUM_OF_2001 = CORRIGENDUM_OF_2005 | {
    "identifier": "ITU-T X.519 (2001) Cor. 1 (05/2008)",
    "title": "Corrigendum 1 to ITU-T X.519 (2001)",
    "url": f"{SITE}/itu-t/x.519/2008-05/cor1-2001/",
}


H265 = WORK | {
    "identifier": "ITU-T H.265",
    "title": "High efficiency video coding",
    "date": "2026-01-13",
    "url": f"{SITE}/itu-t/h.265/",
}
BARE = {"why": None, "replacement": None}


def _example(query: str, outcome: Outcome, understood: str, **more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("work", "edition", "component", "in_force", "replacement"))
    rest = {"candidates": [], "note": None, "elsewhere": None, "near": []}
    rest |= {"names": [], "families": []}
    start = {"query": query, "understood": understood, "outcome": outcome.value}
    return start | empty | rest | more


FOUND = _example(
    "g 711 (11/88)",
    Outcome.EDITION,
    "ITU-T G.711 (11/1988)",
    work=WORK,
    edition=EDITION,
    in_force=EDITION,
)
SEVERAL = _example(
    "X.519 Cor. 1 (05/2008)",
    Outcome.CANDIDATES,
    "X.519 Cor. 1 (05/2008)",
    candidates=[CORRIGENDUM_OF_2001 | BARE, CORRIGENDUM_OF_2005 | BARE],
)
CALLED = _example(
    "x265",
    Outcome.CANDIDATES,
    "x265",
    candidates=[
        H265
        | {
            "why": "“x265” is used for this text, but is not its name. An encoder program, not the "
            "text.",
            "replacement": None,
        }
    ],
    note="“x265” is used for ITU-T H.265, but is not the name of that text. An encoder program, "
    "not the text.",
)
NOT_HELD = _example(
    "OB.1096",
    Outcome.NOT_HELD,
    "OB.1096",
    elsewhere={
        "kind": "Operational Bulletin",
        "what": "The ITU Operational Bulletin appears twice a month with numbering changes.",
        "link": "https://www.itu.int/pub/T-SP-OB",
    },
)
UNKNOWN = _example("G.7111", Outcome.UNKNOWN, "G.7111", near=[WORK])


def _answer(serializer, words: str, *examples: tuple[str, dict[str, Any]]) -> OpenApiResponse:
    return OpenApiResponse(
        serializer,
        description=words,
        examples=[
            OpenApiExample(name, value=value, response_only=True) for name, value in examples
        ],
    )


def _error(words: str, message: str) -> OpenApiResponse:
    return _answer(ErrorSerializer, words, ("Error", {"error": message}))


NOT_ACCEPTABLE = _error(
    _("Something other than JSON was asked for."),
    "Could not satisfy the request Accept header.",
)
TOO_OFTEN = _error(
    _("Too many requests from one address; Retry-After says when to try again."),
    "Request was throttled. Expected available in 20 seconds.",
)
BUSY = _error(
    _("Too many long requests are in progress; Retry-After says when to try again."),
    "Too many long requests are in progress; try again.",
)
ONE: dict[str, Any] = {
    "operation_id": "resolve",
    "summary": _("Resolve one identifier or itu.int link"),
    "tags": ["resolve"],
    "parameters": [
        OpenApiParameter(
            "q",
            QUERY_SCHEMA,
            required=True,
            description=_(
                "An identifier in any spelling, an itu.int link, or a name that people use: HEVC, "
                "GPON, MP3."
            ),
            examples=[OpenApiExample("Edition", value="g 711 (11/88)")],
        )
    ],
    "responses": {
        200: _answer(AnswerSerializer, _("One text was found."), ("Edition", FOUND)),
        300: _answer(
            AnswerSerializer,
            _(
                "Several texts match, or texts that people call so: an ambiguous name, the name of "
                "a part or of a family. None is chosen, even if it is only one."
            ),
            ("Candidates", SEVERAL),
            ("A name in use", CALLED),
        ),
        304: OpenApiResponse(description=_("Nothing has changed since the ETag that was sent.")),
        400: _error(_("The query cannot be read."), "q: must be given exactly once"),
        404: _answer(
            AnswerSerializer,
            _("Known but not in this catalogue (also a text by others), or not known."),
            ("Not in this catalogue", NOT_HELD),
            ("Unknown", UNKNOWN),
        ),
        406: NOT_ACCEPTABLE,
        414: OpenApiResponse(
            description=_("The address is longer than the server accepts; send the text by POST.")
        ),
        429: TOO_OFTEN,
    },
}
MANY: dict[str, Any] = {
    "operation_id": "resolveMany",
    "summary": _("Resolve up to 1,000 identifiers or itu.int links"),
    "tags": ["resolve"],
    "request": QueriesSerializer,
    "examples": [
        OpenApiExample("Two texts", value={"q": ["g 711 (11/88)", "OB.1096"]}, request_only=True)
    ],
    "responses": {
        200: _answer(
            AnswersSerializer,
            _("One answer for each text, in the same order, whatever the outcomes."),
            ("Two texts", {"results": [FOUND, NOT_HELD]}),
        ),
        400: _error(_("The body cannot be read."), "q: [3]: must be a string"),
        406: NOT_ACCEPTABLE,
        415: _error(
            _("The body is not valid JSON."), 'Unsupported media type "text/plain" in request.'
        ),
        429: TOO_OFTEN,
        503: BUSY,
    },
}


def refuse_other_names(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Return the document, saying too that a body with unknown names is refused."""
    result["components"]["schemas"]["Queries"]["additionalProperties"] = False
    return result
