"""The one settings module; what differs between machines comes from the environment.

docs/running.md names the variables, `itu_portal.environment` reads them.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from itu_portal import logs
from itu_portal.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

environment = Environment(os.environ)

DEBUG = environment.switch("DEBUG")
SECRET_KEY = environment.secret(VAR_DIR / "secret_key", is_development=DEBUG)
# Every absolute address of this site begins with it; without it addresses are paths.
BASE_URL = environment.base_url()
IS_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = environment.allowed_hosts(BASE_URL)
# How many entries of X-Forwarded-For, from the right, are believed (`catalog.protection.clients`).
TRUSTED_PROXIES = environment.proxies()

INSTALLED_APPS = [
    "catalog.apps.CatalogAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "csp",
    "axes",
    "catalog.apps.CatalogConfig",
]

MIDDLEWARE = [
    "catalog.operations.probes.ProbesMiddleware",
    "catalog.operations.observing.ObservingMiddleware",
    "catalog.stored_pages.middleware.StoredPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "catalog.middleware.OddInputMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "catalog.middleware.PatientSessionMiddleware",
    "catalog.middleware.CanonicalAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "catalog.middleware.MethodsMiddleware",
    "catalog.middleware.BusyMiddleware",
    "catalog.middleware.NothingStoredMiddleware",
]

ROOT_URLCONF = "itu_portal.urls"
WSGI_APPLICATION = "itu_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "itu_portal.templates.FoldingLoader",
                    [
                        "itu_portal.templates.UnindentedLoader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "catalog.context.portal",
            ],
        },
    },
]

DATABASES = {
    "default": environment.database(VAR_DIR / "portal.sqlite3")
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
if replica := environment.replica():
    # Where readers need not wait for the first, whoever does must not wait for its machine.
    options = {"connect_timeout": 2} | DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = options
    # Tests of other things see one database.
    also = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}
    DATABASES["replica"] = replica | also
    DATABASE_ROUTERS = ["catalog.databases.replica.Router"]
    sessions = MIDDLEWARE.index("catalog.middleware.PatientSessionMiddleware")
    MIDDLEWARE.insert(sessions, "catalog.middleware.PrimaryGoneMiddleware")
    MIDDLEWARE += ["catalog.databases.replica.ReplicaMiddleware"]
CACHES = environment.caches()
# Whole lists as files, written when they are asked for; may be deleted at any time.
STORED_FILES = environment.text("STORED_FILES", str(VAR_DIR / "lists"))
# For how long proxies and content delivery networks may keep a page.
SHARED_SECONDS = environment.number("SHARED_CACHE_SECONDS", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "catalog.protection.passwords.NotMadeOfNames"},
    {"NAME": "catalog.protection.passwords.HardToGuess"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "catalog.views.errors.csrf_failure"

# Guessing a password: ten failures for one name from one address stop that pair for half an hour;
# `catalog.protection.guessing` adds the limit for a name from everywhere.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "catalog.protection.clients.client_address"
AXES_HANDLER = "catalog.protection.guessing.GuessLimits"
AXES_LOCKOUT_CALLABLE = "catalog.views.locked_out.locked_out"
# Who tries on while locked out waits no longer for it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["itu_portal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A missing manifest must not take the error pages down with it.
WHITENOISE_MANIFEST_STRICT = False

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_SSL_HOST = BASE_URL.removeprefix("https://") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = environment.hsts_preload(BASE_URL)
# Browsers keep a host in their list for years: not asked for unless somebody wants it.
SILENCED_SYSTEM_CHECKS = [] if SECURE_HSTS_PRELOAD else ["security.W021"]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Generous: a class or an office may stand behind one address.
LIMITS = {
    "reports": environment.limit("LIMIT_REPORTS", "30/hour"),
    "batches": environment.limit("LIMIT_BATCHES", "60/minute"),
    "questions": environment.limit("LIMIT_QUESTIONS", "600/minute"),
    "exports": environment.limit("LIMIT_EXPORTS", "60/minute"),
}
LIMITS_FILE = environment.text("LIMITS_FILE", str(VAR_DIR / "limits.sqlite3"))
# Together less than the threads of a process, so that some are left for pages (gunicorn.conf.py).
HEAVY_AT_ONCE = environment.number("HEAVY_AT_ONCE", 2)
HEAVY_WAITING = environment.number("HEAVY_WAITING", 2)
HEAVY_PATIENCE = environment.number("HEAVY_PATIENCE", 10)

# For programs: JSON alone, no accounts, no cookies.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "catalog.api.open_view.problem",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "catalog.api.description.refuse_other_names",
    ],
    "TITLE": "ITU knowledge base",
    "VERSION": "1",
    "DESCRIPTION": "From any spelling of an ITU identifier, or any itu.int link, to its entry.",
}

LOGGING = logs.config(environment.choice("LOG_FORMAT", ("plain", "json")))
# Whoever sends this reads /metrics; nothing is counted without it.
METRICS_TOKEN = environment.token("METRICS_TOKEN")
