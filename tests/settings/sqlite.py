"""The suite on SQLite, as the embedded mode runs."""

import os

os.environ.setdefault("SECRET_KEY", "secret-of-the-test-suite")
os.environ["DATABASE_URL"] = "sqlite://:memory:"

from portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, tests only
