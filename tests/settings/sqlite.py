"""The suite on SQLite, as the embedded mode runs."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "secret-of-the-test-suite")
os.environ["DATABASE_URL"] = "sqlite://:memory:"

from portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, tests only
# Tests call the API as fast as they can, all as the same few people.
API_READS_PER_MINUTE = API_WRITES_PER_MINUTE = 1_000_000
REFUSALS_NOTED_PER_MINUTE = 1_000_000
WHITENOISE_AUTOREFRESH = True  # a file is looked for when asked for, not all by each client
_media = tempfile.TemporaryDirectory(prefix="portal-tests-")
MEDIA_ROOT = _media.name  # gone with the process
EXPORTS_DIR = Path(_media.name) / "exports"
TRAIL_HEADS = str(Path(_media.name) / "trail-heads.log")
