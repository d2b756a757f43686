"""Addresses for programs. They have no final slash, as programs write them."""

from django.urls import path

from catalog.api.views import Description, Resolve

urlpatterns = [
    path("api/v1/resolve", Resolve.as_view(), name="api-resolve"),
    path("api/v1/openapi.json", Description.as_view(), name="api-openapi"),
]
