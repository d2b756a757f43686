"""Errors for programs: JSON in the form of the API."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the address is one that only programs ask."""
    return request.path.startswith("/api/")


def error_for_programs(message: str, status: int) -> JsonResponse:
    """Return an error in the form of the API."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return JsonResponse({"error": message}, status=status, headers=headers)
