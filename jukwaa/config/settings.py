"""Settings of Jukwaa. What an operator may choose comes from the environment (`environment.py`)."""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from jukwaa.config.environment import read_environment
from jukwaa.mail.transport import parse_mail_url

ENV = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
DEMO = ENV.demo
SITE_URL = ENV.url
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = ENV.hosts
DATA_FOLDER = ENV.data
ERASURES_FOLDER = ENV.erasures
ERASURES_KEY = ENV.erasures_key
BACKUP_DAYS = ENV.backup_days
OPERATOR = ENV.operator
OPERATOR_CONTACT = ENV.operator_contact
PROVIDERS = ENV.providers
BACKUP_FOLDERS = ENV.backup_folders

INSTALLED_APPS = [
    "jukwaa.config",
    "jukwaa.home",
    "jukwaa.exchange",
    "jukwaa.updates",
    "jukwaa.privacy",
    "jukwaa.intake",
    "jukwaa.proposals",
    "jukwaa.eligibility",
    "jukwaa.plans",
    "jukwaa.regions",
    "jukwaa.meetings",
    "jukwaa.cooperation",
    "jukwaa.drafting",
    "jukwaa.library",
    "jukwaa.events",
    "jukwaa.search",
    "jukwaa.records",
    "jukwaa.coalitions",
    "jukwaa.accounts",
    "jukwaa.mail",
    "jukwaa.places",
    "jukwaa.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "jukwaa.core.middleware.LargeStackMiddleware",
    "jukwaa.core.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "jukwaa.core.middleware.PolicyHeadersMiddleware",
    "jukwaa.config.old_addresses.OldAddressMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "jukwaa.core.static_files.CompressedStaticMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jukwaa.core.middleware.ReadingSlotMiddleware",
    "jukwaa.accounts.middleware.SignInMiddleware",
    "jukwaa.accounts.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "jukwaa.core.middleware.InvalidAddressMiddleware",
    "jukwaa.coalitions.middleware.CoalitionMiddleware",
]

ROOT_URLCONF = "jukwaa.config.urls"
WSGI_APPLICATION = "jukwaa.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "jukwaa.core.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jukwaa.core.context_processors.site_context",
                "jukwaa.coalitions.context_processors.coalition_context",
                "jukwaa.updates.context_processors.following_context",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "jukwaa.core.templatetags.jukwaa"],
        },
    },
]

# SQLite: a reader never waits for a writer (WAL), an acknowledged write survives a power cut (FULL), and a
# transaction takes its lock when it begins, so that it can't fail half-way (IMMEDIATE).
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_FOLDER / "jukwaa.sqlite3",
    # Opening the file for each request would cost more than most pages; but an open connection never hears of new
    # statistics (core/planner.py), and would answer slowly for as long as it lives.
    "CONN_MAX_AGE": 40,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Each thread keeps its own. Python's default of 128 costs 14 MB in all, and pages are no slower with 32.
        "cached_statements": 32,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-1000; PRAGMA temp_store=MEMORY;",
    },
    "TEST": {"NAME": DATA_FOLDER / "test.sqlite3"},
}
POSTGRESQL = {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_MAX_AGE": 3600,  # a new connection plans all of its statements anew, which takes longer than to answer them
    "CONN_HEALTH_CHECKS": True,
    **(ENV.database or {}),
}
DATABASES = {"default": POSTGRESQL if ENV.database else SQLITE}

# Tries are counted in the database's cache, so that limits hold across all workers.
# Pages for visitors are kept in each process: their key holds the coalition's revision, so that none is ever stale.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# allauth keeps sessions and passkeys; codes and links are ours (jukwaa.accounts.actions). Nobody has a password.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "jukwaa.accounts.adapters.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # the proxy that ends TLS says where a request came from
MFA_ADAPTER = "jukwaa.accounts.adapters.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False  # it would write at every GET

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale", DATA_FOLDER / "locale"]  # the second where the package is read-only
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {
        "BACKEND": "jukwaa.core.storage.WholeFileStorage",
        "OPTIONS": {"location": DATA_FOLDER / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ROOT = PACKAGE / "core" / "site_root"  # icons that browsers ask for at the top of a site

MAILERS = {"default": parse_mail_url(ENV.mail_url, DATA_FOLDER / "mail")}
MAIL_DOMAIN = ENV.mail_domain
MAIL_FOLDER = DATA_FOLDER / "mail"
LMTP_PORT = ENV.lmtp_port
MAIL_AUTHORITY = ENV.mail_authority
MAIL_DAYS = ENV.mail_days
DEFAULT_FROM_EMAIL = ENV.mail_from
SERVER_EMAIL = ENV.mail_from

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "jukwaa.core.views.csrf_failure"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_SSL_REDIRECT = False  # the proxy in front redirects; a loop would follow from doing it twice
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Without files. What is typed or pasted is screened while the sender waits, half a second for a million characters.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# What is logged holds nobody's words: see `core/errors.py`, which also logs each status 500.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "wordless": {"()": "jukwaa.core.error_logging.TracebackFormatter", "format": "%(asctime)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "loggers": {
        "jukwaa": {"handlers": ["console"], "level": "INFO"},
        "django.tasks": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django_tasks_db": {"handlers": ["console"], "level": "WARNING"},
    },
}
