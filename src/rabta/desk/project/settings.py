"""Django's settings. What a node may choose is in config.py; the rest is decided here, once."""

import os
from pathlib import Path

from rabta.desk.project.config import Config
from rabta.desk.project.databases import databases
from rabta.desk.project.secret import session_secret

HOUSE = Path(__file__).resolve().parent.parent.parent

RABTA = Config.read(os.environ)

SECRET_KEY = session_secret(RABTA.keys)
DEBUG = False
ALLOWED_HOSTS = list(RABTA.hosts)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rabta.desk.wall",
    "rabta.desk.frame",
    "rabta.desk.accounts",
    "rabta.desk.cases",
    "rabta.desk.intake",
    "rabta.desk.matching",
    "rabta.desk.audit",
]

MIDDLEWARE = [
    "rabta.desk.frame.middleware.Reference",
    "rabta.desk.frame.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rabta.desk.accounts.middleware.Acting",
    "rabta.desk.wall.routes.Gate",
]

ROOT_URLCONF = "rabta.desk.project.urls"
WSGI_APPLICATION = "rabta.desk.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "rabta.desk.frame.context.frame",
            ],
        },
    },
]

# `rabta migrate` connects as the role that owns the tables, everything else as the app's.
DATABASES = databases(RABTA, as_migrator=os.environ.get("RABTA_AS_MIGRATOR") == "1")
DATABASE_ROUTERS = ["rabta.desk.project.databases.ReadsApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rabta.desk.accounts.backends.TwoSteps"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "rabta.desk.frame.views.csrf_failed"
LOGIN_URL = "sign-in"

SESSION_ENGINE = "rabta.desk.accounts.sessions"
SESSION_COOKIE_AGE = RABTA.idle_minutes * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = RABTA.https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if RABTA.https else None
SECURE_HSTS_SECONDS = 31_536_000 if RABTA.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS = ["rabta.desk.intake.receiving.InMemory"]

USE_TZ = True
TIME_ZONE = RABTA.time_zone
USE_I18N = True
LANGUAGE_CODE = RABTA.language
LANGUAGES = [("en", "English"), ("ur", "اردو")]
LOCALE_PATHS = [HOUSE / "locale"]
LANGUAGE_COOKIE_NAME = "rabta_language"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# vite puts a hash of the content into each name: such a file never changes under its name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/built/.+-[\w-]{8}\.\w+$"

# Codes and references only: no bodies, no parameters, no SQL with its values.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "rabta": {"level": "INFO"},
        # Django's own request log prints addresses and tracebacks with values; ours does not.
        "django.request": {"handlers": [], "propagate": False, "level": "CRITICAL"},
        "django.security": {"handlers": [], "propagate": False, "level": "CRITICAL"},
        "django.db.backends": {"level": "CRITICAL"},
    },
}
