"""What the OpenAPI document says of the two ways to ask, with an example for every status."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from catalog.api.serializers import (
    MAX_LENGTH,
    AnswerSerializer,
    AnswersSerializer,
    ErrorSerializer,
    QueriesSerializer,
)

SITE = "https://itu.example"
WORK = {
    "identifier": "ITU-T G.711",
    "kind": "recommendation",
    "state": "in-force",
    "title": "Pulse code modulation (PCM) of voice frequencies",
    "date": "1988-11-25",
    "url": f"{SITE}/itu-t/g.711/",
}
EDITION = WORK | {
    "identifier": "ITU-T G.711 (11/1988)",
    "url": f"{SITE}/itu-t/g.711/1988-11/",
}
RECOMMENDATION = {
    "identifier": "ITU-R M.1036",
    "kind": "recommendation",
    "state": "in-force",
    "title": "Frequency arrangements",
    "date": "2023-12",
    "url": f"{SITE}/itu-r/m.1036/",
}
REPORT = RECOMMENDATION | {
    "identifier": "Report ITU-R M.1036",
    "kind": "report",
    "state": "presumed-current",
    "url": f"{SITE}/itu-r/report/m.1036/",
}
# Something to read, and no control characters.
READABLE = r"^[^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f][^\u0000-\u001f\u007f]*$"
NOTHING: dict[str, Any] = {
    "understood": None,
    "work": None,
    "edition": None,
    "component": None,
    "in_force": None,
    "candidates": [],
    "note": None,
    "elsewhere": None,
    "near": [],
}
FOUND = NOTHING | {
    "query": "g 711 (11/88)",
    "understood": "ITU-T G.711 (11/1988)",
    "outcome": "edition",
    "work": WORK,
    "edition": EDITION,
    "in_force": EDITION,
}
SEVERAL = NOTHING | {
    "query": "M.1036",
    "understood": "M.1036",
    "outcome": "candidates",
    "candidates": [RECOMMENDATION, REPORT],
}
NOT_HELD = NOTHING | {
    "query": "OB.1096",
    "understood": "Operational Bulletin 1096",
    "outcome": "not-held",
    "elsewhere": {
        "kind": "Operational Bulletin",
        "what": "Notices of administrations, twice a month.",
        "link": "https://www.itu.int/pub/T-SP-OB",
    },
}
UNKNOWN = NOTHING | {
    "query": "G.7111",
    "understood": "ITU-T G.7111",
    "outcome": "unknown",
    "near": [WORK],
}


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
ONE: dict[str, Any] = {
    "operation_id": "resolve",
    "summary": _("Resolve one identifier or itu.int link"),
    "tags": ["resolve"],
    "parameters": [
        OpenApiParameter(
            "q",
            {
                "type": "string",
                "minLength": 1,
                "maxLength": MAX_LENGTH,
                "pattern": READABLE,
            },
            required=True,
            description=_("An identifier in any spelling, or an itu.int link."),
            examples=[OpenApiExample("Edition", value="g 711 (11/88)")],
        )
    ],
    "responses": {
        200: _answer(AnswerSerializer, _("One text was found."), ("Edition", FOUND)),
        300: _answer(AnswerSerializer, _("Several texts answer to it."), ("Candidates", SEVERAL)),
        304: OpenApiResponse(description=_("Nothing changed since the ETag that was sent.")),
        400: _error(_("The query cannot be read."), "q: must be there exactly once"),
        404: _answer(
            AnswerSerializer,
            _("Known but not held, or not known."),
            ("Not held", NOT_HELD),
            ("Unknown", UNKNOWN),
        ),
        406: NOT_ACCEPTABLE,
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
            _("One answer for each text, in their order, whatever the outcomes."),
            ("Two texts", {"results": [FOUND, NOT_HELD]}),
        ),
        400: _error(_("The body cannot be read."), "q: [3]: must be a string"),
        406: NOT_ACCEPTABLE,
        415: _error(_("The body is no JSON."), 'Unsupported media type "text/plain" in request.'),
    },
}
