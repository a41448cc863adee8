"""Where mail goes: files in `var/outbox/` unless EMAIL_URL names a server."""

from portal.settings.environment import VAR_DIR, env

OUTBOX_DIR = VAR_DIR / "outbox"

_mail = env.email_url("EMAIL_URL", default="filemail:")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
if EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend":
    EMAIL_BACKEND = "reports.outbox.OutboxBackend"  # one complete, readable file a message
EMAIL_HOST = _mail["EMAIL_HOST"] or ""
EMAIL_PORT = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
# Without a limit a hanging server would hold the sender for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
# A larger attachment is replaced by a sentence that says where to download it.
MAIL_ATTACHMENT_MAX_BYTES = env.int("MAIL_ATTACHMENT_MAX_BYTES", default=10 * 1024 * 1024)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="study-portal@localhost")
EMAIL_USE_LOCALTIME = True
