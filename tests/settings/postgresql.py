"""The suite on PostgreSQL: a server of its own, started here and stopped with the process.

pytest-django loads the settings before any fixture could start a server. The workers of xdist
inherit the address through the environment.
"""

import os
import tempfile
from pathlib import Path

from tests.services.postgresql import start_server

os.environ.setdefault("SECRET_KEY", "secret-of-the-test-suite")
if "TEST_POSTGRES_URL" not in os.environ:
    os.environ["TEST_POSTGRES_URL"] = start_server(durable=False)
os.environ["DATABASE_URL"] = os.environ["TEST_POSTGRES_URL"]

from portal.settings import *  # noqa: F403  after the address of the server is known

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, tests only
# Tests call the API as fast as they can, all as the same few people.
API_READS_PER_MINUTE = API_WRITES_PER_MINUTE = 1_000_000
REFUSALS_NOTED_PER_MINUTE = 1_000_000
WHITENOISE_AUTOREFRESH = True  # a file is looked for when asked for, not all by each client
_media = tempfile.TemporaryDirectory(prefix="portal-tests-")
MEDIA_ROOT = _media.name  # gone with the process
EXPORTS_DIR = Path(_media.name) / "exports"
TRAIL_HEADS = str(Path(_media.name) / "trail-heads.log")
