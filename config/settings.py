"""Django's settings, made from the environment (`config/environment.py` holds the table)."""

from dataclasses import replace
from pathlib import Path

from config.databases import databases
from config.environment import load
from config.logs import logging_of
from config.secret_key import kept_secret_key
from config.storages import backend_of
from config.values import ROOT

CASEWAY = load()
DEBUG = CASEWAY.debug
BASE_URL = CASEWAY.base_url
SECRET_KEY = CASEWAY.secret_key or kept_secret_key(CASEWAY.data_dir)
ALLOWED_HOSTS = list(CASEWAY.allowed_hosts or (CASEWAY.host, "localhost", ".localhost", "127.0.0.1", "[::1]"))
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
REACTIONS = "config.reactions.REACTIONS"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
"""A *task* is what a colleague has to do on a case; what the worker does is a job."""
DIAGNOSIS = "config.diagnosis.CHECKS"

INSTALLED_APPS = [
    "caseway.accounts.administration.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
    "caseway.core",
    "caseway.accounts",
    "caseway.customers",
    "caseway.guidance",
    "caseway.shipments",
    "caseway.cases",
    "caseway.mail",
    "caseway.live",
    "caseway.notifications",
    "caseway.portal",
    "caseway.desk",
    "caseway.api",
    "caseway.demo",
]
MIDDLEWARE = [
    "caseway.core.http.requests.RequestMiddleware",
    "caseway.core.http.policy.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "caseway.live.messages.KeepsMessages",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "caseway.customers.middleware.ViewerMiddleware",
    "caseway.accounts.sign_in.middleware.GivenPasswordMiddleware",
    "caseway.core.http.errors.DomainErrorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "config.jinja.environment",
            "context_processors": ["caseway.desk.shell.desk_shell", "caseway.portal.shell.portal_shell"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# Data
DATABASES = databases(CASEWAY)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# One cache for all processes of an installation; its table comes with the migrations of core.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
MEDIA_ROOT = CASEWAY.files_place if isinstance(CASEWAY.files_place, Path) else ""
# Uploads are streamed to files; these bound what a form may hold in memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = CASEWAY.data_dir / "static"
BUNDLES_DIR = CASEWAY.data_dir / "bundles"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "caseway.core.ui.finders.BundleFinder",
]
STORAGES = {
    "default": backend_of(CASEWAY.files_place),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if CASEWAY.mail_bucket:  # its keys are whole, whatever folder the mails are in
    STORAGES["mail"] = backend_of(replace(CASEWAY.mail_bucket, folder=""))
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STRICT_TEMPLATES = DEBUG

# People
AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["caseway.accounts.sign_in.backend.AddressBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "caseway.accounts.sign_in.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "caseway.accounts.sign_in.forms.SignInForm",
    "change_password": "caseway.accounts.sign_in.forms.ChangePasswordForm",
    "reset_password": "caseway.accounts.sign_in.forms.AskForPasswordForm",
    "reset_password_from_key": "caseway.accounts.sign_in.forms.NewPasswordForm",
    "user_token": "caseway.accounts.sign_in.forms.LinkForm",
    "reauthenticate": "caseway.accounts.second_factor.forms.PasswordAgainForm",
}
MFA_ADAPTER = "caseway.accounts.second_factor.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "caseway.accounts.second_factor.forms.CodeForm",
    "reauthenticate": "caseway.accounts.second_factor.forms.CodeAgainForm",
    "activate_totp": "caseway.accounts.second_factor.forms.FirstCodeForm",
    "add_webauthn": "caseway.accounts.second_factor.forms.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# The neighbouring codes are taken too, since phones' clocks differ; each is good once all the same.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Its limits live in a cache that two requests may both have read; ours count in one statement.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "caseway.accounts.sign_in.tokens.ResetTokens"  # noqa: S105
SESSION_ENGINE = "caseway.accounts.sign_in.engine"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CASEWAY.is_https
# The prefix makes browsers refuse such a cookie from a neighbouring host.
SESSION_COOKIE_NAME = "__Host-session" if CASEWAY.is_https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if CASEWAY.is_https else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [BASE_URL] if CASEWAY.is_https else []
CSRF_FAILURE_VIEW = "caseway.core.http.pages.csrf_failed"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CASEWAY.proxies else None
USE_X_FORWARDED_HOST = False

# Mail
MAIL_RELAY = CASEWAY.smtp_url
MAIL_DOMAIN = CASEWAY.mail_domain or CASEWAY.host
MAIL_TRUSTED_SERVER = CASEWAY.mail_trusted_server
MAIL_HOOKS = {hook.provider: hook for hook in CASEWAY.mail_hooks}
OAUTH_CLIENTS = {
    "google": CASEWAY.google_client,
    "microsoft": CASEWAY.microsoft_client,
    "openid": CASEWAY.openid_client,
}
# Where else than in public networks servers may be that somebody typed into a form.
PRIVATE_NETWORKS = CASEWAY.private_networks
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CASEWAY.mail_from or f"caseway@{MAIL_DOMAIN}"
# What Django itself sends, such as a new password, goes into the outbox with everything else.
EMAIL_BACKEND = "caseway.mail.outbox.backend.OutboxBackend"

# SMS
SMS_ACCOUNT = CASEWAY.sms_url
SENDS_SMS = CASEWAY.sends_sms

# Language and time: stored in UTC, shown in the reader's zone
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("vi", "Tiếng Việt"),
    ("zh-hans", "简体中文"),
]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = CASEWAY.is_https

LOGGING_CONFIG = None
logging_of(CASEWAY)
