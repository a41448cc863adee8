"""The settings of a county that did everything right."""

from pathlib import Path
from typing import Any

GOOD: dict[str, Any] = {
    "PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "k3y-of-a-county-that-is-long-enough-and-has-many-different-signs-0123456789",
    "ALLOWED_HOSTS": ["study.example.gov"],
    "SITE_URL": "https://study.example.gov",
    "HTTPS": True,
    "TRUSTED_PROXIES": ["127.0.0.1", "172.16.0.0/12"],
    "PRIVILEGED_NETWORKS": ["10.1.0.0/16"],
    "LOG_KEEP_DAYS": 184,
    "METRICS_TOKEN": "0123456789abcdef0123456789abcdef",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "REDIS_URL": "redis://:secret@127.0.0.1:1/0",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.example.gov",
    "EMAIL_HOST_USER": "xuexi",
    "EMAIL_USE_TLS": True,
    "DEFAULT_FROM_EMAIL": "xuexi@example.gov",
    "TIME_ZONE": "Asia/Shanghai",
    "BACKUP_SECOND_DIR": "/mnt/second",
}


def folders(below: Path) -> dict[str, Any]:
    """Folders of the data, all of which can be written."""
    names = ("VAR_DIR", "MEDIA_ROOT", "EXPORTS_DIR", "FILE_UPLOAD_TEMP_DIR")
    found: dict[str, Any] = {name: below / name.lower() for name in names}
    return {
        **found,
        "TRAIL_HEADS": str(below / "heads.log"),
        "BACKUP_DIR": str(below / "backups"),
    }
