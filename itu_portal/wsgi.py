"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from itu_portal.environment import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itu_portal.settings")

application = start(get_wsgi_application)
