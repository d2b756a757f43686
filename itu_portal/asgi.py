"""The ASGI application, for servers that prefer it."""

import os

from django.core.asgi import get_asgi_application

from itu_portal.environment import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itu_portal.settings")

application = start(get_asgi_application)
