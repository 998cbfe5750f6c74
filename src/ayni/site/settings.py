"""Settings of the site. Everything that differs between machines comes from the environment (docs/howto/deploy.md)."""

import os

import dj_database_url
from csp.constants import NONE, SELF

from ayni.site import environment
from ayni.site.licence import licence

ENV = environment.read()
ROOT = environment.ROOT
PRODUCTION = ENV.production

DEBUG = False
SECRET_KEY = ENV.secret
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = ENV.origins
ROOT_URLCONF = "ayni.site.urls"
WSGI_APPLICATION = "ayni.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The address a reader is sent to in e-mails.
SITE_URL = os.environ.get("AYNI_URL") or (f"https://{ENV.hosts[0]}" if PRODUCTION else "http://127.0.0.1:8000")
DATA_FOLDER = ENV.data
REFERENCE_DATA = ROOT / "data"

INSTALLED_APPS = [
    "ayni.site",
    "ayni.atlas",
    "ayni.interop",
    "ayni.exchange",
    "ayni.surveys",
    "ayni.learning",
    "ayni.registry",
    "ayni.directory",
    "ayni.accounts",
    "ayni.common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ayni.common.published.PublishedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ayni.accounts.middleware.DemonstrationAccountsStayHome",
    "ayni.accounts.middleware.SecondStepWhereRequired",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ayni.site.context.page",
            ],
            "builtins": ["ayni.common.templatetags.i18n_text"],
        },
    }
]

# Database: SQLite in WAL mode with IMMEDIATE transactions, so that two writers wait instead of failing half-way; what was
# told as saved is on the disk, even when the power fails (docs/adr/0002-sqlite-by-default-postgresql-in-production.md).
DATABASES = {"default": dj_database_url.parse(ENV.database, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }

# Languages: Spanish first; every page lives under its language.
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("pt", "Português"), ("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "ayni.site.formats"

STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [DATA_FOLDER / "generated"]
MEDIA_ROOT = DATA_FOLDER / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
(DATA_FOLDER / "generated").mkdir(exist_ok=True)
WHITENOISE_MAX_AGE = 3600

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "ayni.accounts.adapter.InvitedPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/5m/key,20/5m/ip",
    "reset_password": "10/m/ip,5/m/key",
    # Forms kept for people whose session has ended (surveys/views/kept.py): an address, and everybody together.
    "keep": "20/h/ip,200/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ayni"
MFA_ADAPTER = "ayni.accounts.adapter.SecondStep"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Ayni: "
ACCOUNT_FORMS = {
    "login": "ayni.accounts.forms.LoginForm",
    "change_password": "ayni.accounts.forms.ChangePasswordForm",
    "set_password": "ayni.accounts.forms.SetPasswordForm",
    "reset_password": "ayni.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "ayni.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "ayni.accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "ayni.accounts.forms.SecondStepForm",
    "reauthenticate": "ayni.accounts.forms.SecondStepAgainForm",
    "activate_totp": "ayni.accounts.forms.ActivateSecondStepForm",
}
# Whether the roles that change what others see must sign in in two steps.
SECOND_STEP_REQUIRED = (os.environ.get("AYNI_SECOND_STEP") or ("required" if PRODUCTION else "optional")) == "required"
# Whether similar wording in different languages counts (ayni.exchange.queries.wording).
WORDING = (os.environ.get("AYNI_WORDING") or "on") == "on"
# A folder of the IATI standard's code lists, mapping and rulesets that the administrator refreshes (ayni.iati.codelists).
IATI_CODELISTS = os.environ.get("AYNI_IATI_CODELISTS", "")
# The proxy in front of production puts the reader's own address last in X-Forwarded-For; elsewhere nobody is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
LOGIN_REDIRECT_URL = "desk"
LOGIN_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# E-mail: the terminal in the demonstration, SMTP in production.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("AYNI_EMAIL_FROM", "Ayni <ayni@localhost>")
if os.environ.get("AYNI_EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["AYNI_EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("AYNI_EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("AYNI_EMAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("AYNI_EMAIL_PASSWORD", "")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 20

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
if PRODUCTION:
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Whether browsers shall know the domain before its first visit (HSTS preload) is its owner's decision.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The largest file a person may upload, in bytes.
UPLOAD_LIMIT = 10 * 1024 * 1024

# Modules that bring tasks and ways to a person's desk, in its order (common/desk.py).
DESK: tuple[str, ...] = (
    "ayni.surveys.queries.desk",
    "ayni.exchange.queries.desk",
    "ayni.exchange.queries.rounds.desk",
    "ayni.registry.queries.desk",
    "ayni.learning.queries.desk_evaluations",
    "ayni.learning.queries.desk_lessons",
    "ayni.registry.queries.desk_results",
    "ayni.registry.queries.desk_plan",
    "ayni.registry.queries.desk_declarations",
    "ayni.registry.queries.desk_initiatives",
    "ayni.interop.queries.desk",
    "ayni.interop.queries.desk_linkage",
)

# Modules that say what an initiative lacks for a step (registry/queries/initiatives/guards.py).
INITIATIVE_GUARDS: tuple[str, ...] = (
    "ayni.registry.queries.initiatives.guards",
    "ayni.learning.queries.initiative_gaps",
    "ayni.registry.queries.results.guards",
    "ayni.registry.queries.plan.guards",
    "ayni.exchange.queries.initiative_gaps",
)
# Modules that say where an initiative came from (registry/queries/initiatives/origins.py).
INITIATIVE_ORIGINS: tuple[str, ...] = (
    "ayni.exchange.queries.initiative_origins",
    "ayni.interop.queries.initiative_origins",
)
# The module that says what an edition of the diagnosis keeps of the records (surveys/queries/content/live.py).
EDITION_LIVE = "ayni.atlas.reports.live"

# Modules whose rows the snapshot of all flows is made of (atlas/actions/snapshot.py).
SNAPSHOT_SOURCES: tuple[str, ...] = (
    "ayni.atlas.queries.flows.registry",
    "ayni.interop.queries.flows",
    "ayni.interop.queries.reported_flows",
)
# Where its sums are made: DuckDB in this process, or a Spark cluster (docs/howto/flows.md).
ANALYTICS_ENGINE = os.environ.get("AYNI_ENGINE") or "duckdb"

FORM_RENDERER = "ayni.common.forms.Renderer"
CACHES = {
    # Shared by the processes: the counts behind the rate limits.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"},
    # Each process its own: parts of pages that never change, drawn once (the frame of a page, a frozen edition's tables).
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 600},
    },
    # Each process its own: the portion of a reader's requests that it has taken from the shared count (interop/api/limits.py).
    "portions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "portions",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Open data: requests a minute, for an address and for a token; and the licence under which the data are given.
API_LIMITS = {"address": 120, "token": 600}
OPEN_DATA_LICENCE = licence(os.environ.get("AYNI_OPEN_DATA_LICENCE", ""))
# The module that counts the numbers of an account (interop/queries/open_data/figures.py).
ACCOUNT_FIGURES = "ayni.atlas.queries.cooperation.open_figures"
# The module that reads the rows of the snapshot (interop/queries/open_data/flows.py).
FLOW_ROWS = "ayni.atlas.queries.flows.open_rows"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
