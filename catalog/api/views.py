"""GET and POST /api/v1/resolve, and their description."""

from __future__ import annotations

import functools

from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import description
from catalog.api.open_view import OpenView, TooManyHeavy
from catalog.api.questions import QueriesSerializer, ResolveQuery
from catalog.api.serializers import AnswerSerializer, AnswersSerializer, facts_of_all
from catalog.protection.long_answers import Busy, turn
from catalog.resolver import resolve, resolve_in_full
from catalog.terms import Outcome

FIVE_MINUTES = 300
STATUS = {
    Outcome.WORK: 200,
    Outcome.EDITION: 200,
    Outcome.COMPONENT: 200,
    Outcome.CANDIDATES: 300,
    Outcome.NOT_HELD: 404,
    Outcome.UNKNOWN: 404,
}


class Resolve(OpenView):
    """From an identifier or itu.int link to the text that it means."""

    def limit(self, request: Request) -> str:
        """Return as what a request is counted: many texts as a batch, whatever the door."""
        return {"GET": "questions", "HEAD": "questions", "POST": "batches"}.get(request.method, "")

    @extend_schema(**description.ONE)
    def get(self, request: Request) -> Response:
        """Resolve one text: 200 if it is found, 300 if several match, 404 if none is known."""
        refuse_parameters(request, {"q"})
        given = request.query_params.getlist("q")
        if len(given) != 1:
            raise ValidationError({"q": _("must be given exactly once")})
        try:
            query = ResolveQuery().run_validation(given[0])
        except ValidationError as error:
            raise ValidationError({"q": error.detail}) from error
        answer = resolve(query)
        written = AnswerSerializer(*facts_of_all([answer]), context={"request": request}).data
        response = Response(written, status=STATUS[answer.outcome])
        patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
        return response

    @extend_schema(**description.MANY)
    def post(self, request: Request) -> Response:
        """Resolve up to 1,000 texts at once."""
        refuse_parameters(request, set())
        queries = QueriesSerializer(data=request.data)
        queries.is_valid(raise_exception=True)
        try:
            with turn():
                answers = resolve_in_full(queries.validated_data["q"])
                facts = {"results": facts_of_all(answers)}
                return Response(AnswersSerializer(facts, context={"request": request}).data)
        except Busy as refusal:
            raise TooManyHeavy(refusal.wait) from refusal


class Description(OpenView):
    """What can be asked and what is answered, in the form of OpenAPI."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Return the description as JSON."""
        refuse_parameters(request, set())
        response = Response(described(get_language()))
        patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
        return response


@functools.cache
def described(language: str) -> dict[str, object]:
    """Return the OpenAPI document in a language; it is the same for all requests."""
    return SchemaGenerator(urlconf="catalog.api.urls").get_schema(request=None, public=True)


def refuse_parameters(request: Request, known: set[str]) -> None:
    """Raise ValidationError for a parameter that is not asked for."""
    if others := sorted(set(request.query_params) - known):
        raise ValidationError({others[0][:100]: _("unknown parameter")})
