"""Who gets in and for how long, and what a browser may do with our pages."""

from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF

from portal.settings.base import PRODUCTION
from portal.settings.environment import VAR_DIR, env

# A county reaches the portal over TLS only; PRODUCTION behind a plain proxy in a closed network
# may say HTTPS=false.
HTTPS = env.bool("HTTPS", default=PRODUCTION)
# Addresses (or networks) of our own reverse proxies. Only they are believed about the client.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
# Networks from which alone privileged roles may be used; empty means from anywhere.
PRIVILEGED_NETWORKS = env.list("PRIVILEGED_NETWORKS", default=[])

# Where the audit trail's last line is noted every hour; better on another disk than the database.
TRAIL_HEADS = env.str("TRAIL_HEADS", default=str(VAR_DIR / "trail-heads.log"))

ACCESS_POLICY = "portal.access.POLICY"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

# --- passwords -----------------------------------------------------------------------------------
PASSWORD_MIN_LENGTH = 10
PRIVILEGED_PASSWORD_MIN_LENGTH = 12
PASSWORD_HISTORY = 5
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=90)
PASSWORD_WARNING_DAYS = 15
ONE_TIME_LINK_HOURS = 24
# Words that may not carry a password, such as the county's name in pinyin.
PASSWORD_DENIED_WORDS = env.list("PASSWORD_DENIED_WORDS", default=[])
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"accounts.validators.{name}"}
    for name in ("LengthValidator", "ClassesValidator", "CommonValidator", "HistoryValidator")
] + [
    {"NAME": f"units.access.passwords.{name}"}
    for name in ("PrivilegedLengthValidator", "UnitNameValidator")
]

# --- sessions ------------------------------------------------------------------------------------
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
PRIVILEGED_IDLE_MINUTES = env.int("PRIVILEGED_IDLE_MINUTES", default=15)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
CONCURRENT_SESSIONS = env.int("CONCURRENT_SESSIONS", default=1)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=SESSION_HOURS).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
# A cookie of this prefix can be set by no other host and over no plain connection.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"

# --- lock-out ------------------------------------------------------------------------------------
# Per user AND address: a county behind one address must not be locked out by one forgetful clerk.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
AXES_USERNAME_CALLABLE = "accounts.lockout.username_tried"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Against guessing one account from many addresses, which the lock above does not see.
FAILURES_PER_USER_AND_HOUR = 30
# Bad API tokens from one address. Good ones are taken all the same: a county behind one address
# must not be cut off by one forgotten script, and nobody hits on 288 random bits.
BAD_TOKENS_PER_HOUR = env.int("BAD_TOKENS_PER_HOUR", default=20)
# So many lines of what was refused to one user, or one address, go into the audit trail a minute.
REFUSALS_NOTED_PER_MINUTE = env.int("REFUSALS_NOTED_PER_MINUTE", default=100)

# --- browser -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Without TLS one warning of ours says what four of Django's would (portal/checks/addresses.py).
SILENCED_SYSTEM_CHECKS = (
    [] if HTTPS or not PRODUCTION else [f"security.W{number:03}" for number in (4, 8, 12, 16)]
)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
