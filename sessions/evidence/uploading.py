"""Uploads are measured while they come in, not after they have filled the disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from sessions.evidence.formats import MAX_BYTES

# Twenty files of a record at once, and the form around them.
MAX_REQUEST_BYTES = 210 * 1024 * 1024
_TOO_BIG = "portal.files_too_big"
_TOO_LONG = "portal.request_too_long"


class LimitHandler(FileUploadHandler):
    """Drops a file as soon as it grows beyond the limit, and a request that announces too much.

    Comes before the handlers that store, so that nothing more is written.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        content_length = args[2]
        self.meta = args[1]
        if content_length > MAX_REQUEST_BYTES:
            self.meta[_TOO_LONG] = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0
        if self.meta.get(_TOO_LONG):
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > MAX_BYTES:
            self.meta.setdefault(_TOO_BIG, []).append(self.file_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def files_too_big(request: HttpRequest) -> list[str]:
    """The names of the files that were dropped while they came in."""
    names: list[str] = request.META.get(_TOO_BIG, [])
    return names


def is_too_long(request: HttpRequest) -> bool:
    """Whether the request announced more than a record may hold; its files were not read then."""
    return bool(request.META.get(_TOO_LONG))
