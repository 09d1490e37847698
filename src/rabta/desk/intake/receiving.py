"""A file on its way from the browser, held in memory: Django would leave it in clear on a disk."""

import os
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from rabta.desk.intake.storing import LARGEST


class InMemory(FileUploadHandler):
    """Takes uploads into anonymous memory; one that is far too large ends the upload."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Make room for the next file of the form."""
        super().new_file(*args, **kwargs)
        self._file: BinaryIO = os.fdopen(os.memfd_create("rabta", os.MFD_CLOEXEC), "w+b")
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; nothing is handed on to another handler."""
        self._size += len(raw_data)
        if self._size > 2 * LARGEST:
            raise StopUpload(connection_reset=True)
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The whole file, at its beginning."""
        self._file.seek(0)
        return UploadedFile(
            file=self._file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )

    def upload_interrupted(self) -> None:
        """Let go of a file that did not come whole."""
        if hasattr(self, "_file"):
            self._file.close()
