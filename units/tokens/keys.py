"""What a token's secret looks like, and what is kept of it."""

import hashlib
import secrets

# By its beginning a secret that leaked into a file or a chat can be searched for.
PREFIX = "csp_"
# Of 288 random bits at least 256 stay unknown to whoever reads the last four characters.
_BYTES = 36


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """SHA-256 is enough for what is drawn at random: nobody guesses it slowly or quickly."""
    return hashlib.sha256(secret.encode()).hexdigest()
