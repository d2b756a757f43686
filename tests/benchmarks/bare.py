"""The yardstick: the least that Django can do, served exactly as the portal is.

One view that answers "ok"; no database, no template, no middleware.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="signs nothing: this application keeps no secret",
    MIDDLEWARE=[],
)


def ok(request: HttpRequest) -> HttpResponse:
    """Answer; the length is what Django's CommonMiddleware would add, without its other work."""
    return HttpResponse("ok", headers={"Content-Length": "2"})


urlpatterns = [path("", ok)]

application = get_wsgi_application()
