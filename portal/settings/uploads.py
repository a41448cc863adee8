"""Files that come in: measured while they come, kept apart until they are examined."""

from portal.settings.environment import VAR_DIR

# Only this process's user may look at what nobody has examined yet.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "sessions.evidence.uploading.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Without the files: five hundred sessions with their members, as a program sends them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
