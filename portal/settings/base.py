"""What Django itself needs."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import BASE_DIR, VAR_DIR, env
from portal.settings.operation import METRICS_TOKEN

DEVELOPMENT_SECRET = "development-only-secret-never-for-a-real-county"  # noqa: S105

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_SECRET)
PRODUCTION = env.bool("PRODUCTION", default=False)
if PRODUCTION and (DEBUG or SECRET_KEY == DEVELOPMENT_SECRET):
    raise ImproperlyConfigured(
        "生产环境必须设置 SECRET_KEY 且关闭 DEBUG（PRODUCTION=true 时拒绝以默认密钥启动）。"
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "accounts",
    "units",
    "sessions.apps.SessionsConfig",
    "reports",
    "portal",
]
MIDDLEWARE = [
    "accounts.middleware.RequestIdMiddleware",
    "portal.logs.middleware.RequestLineMiddleware",
    *(["portal.operation.metrics.RequestCountMiddleware"] if METRICS_TOKEN else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.PageMiddleware",
    "portal.middleware.ApiAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Before the limits of sessions: a request by token is none of a session's.
    "units.tokens.middleware.TokenMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    # The policy first: it alone knows what to say to whom. Django's own requirement stays behind
    # it, for a view that would slip past.
    "units.access.middleware.AccessMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.page",
            ],
        },
    },
]

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": ("PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"),
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/portal.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
try:
    ZoneInfo(TIME_ZONE)
except (LookupError, OSError, ValueError) as error:
    raise ImproperlyConfigured(
        f"TIME_ZONE 不是已知的时区：{TIME_ZONE!r}。请设为 Asia/Shanghai；仍被拒绝时请安装 tzdata。"
    ) from error
USE_I18N = True
USE_TZ = True

# Our own widgets carry the classes of the look, so that no form needs to.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_ALLOW_ALL_ORIGINS = False
if PRODUCTION:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
else:
    # Served straight from the source folders: `make run` needs no collecting.
    WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
EXPORTS_DIR = VAR_DIR / "exports"
# So many days a finished workbook lies ready to be downloaded.
EXPORT_KEEP_DAYS = env.int("EXPORT_KEEP_DAYS", default=30)
# So many archives a web process writes at a time; each holds a thread as long as it is downloaded.
ARCHIVE_STREAMS = env.int("ARCHIVE_STREAMS", default=2)
