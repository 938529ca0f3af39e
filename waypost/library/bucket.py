"""Files in a bucket: Amazon S3, or any server that speaks its protocol.

Imported only where a bucket is set (0007). What lies there is never meant to be opened
where it lies: every object is private, is called a download and has no type that a
browser would show. People get files through ``serving`` alone.
"""

import io
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

_PIECE = 1024 * 1024  # bytes that are asked for ahead
_HIDDEN = {"ContentType": "application/octet-stream", "ContentDisposition": "attachment"}


class Bucket(S3Storage):
    """``addressing`` is "path" (host/bucket/name), "virtual" (bucket.host/name) or "auto"."""

    def __init__(self, *, addressing: str = "auto", **options: Any) -> None:
        config = Config(
            s3={"addressing_style": addressing},
            signature_version="s3v4",
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 3},
            # Servers other than Amazon's do not all know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # Names hold a token of their own, so there is nothing to overwrite, nor to look for.
        plain = {"client_config": config, "object_parameters": _HIDDEN, "file_overwrite": True}
        super().__init__(**plain, **options)

    @property
    def bucket(self) -> Any:
        """Each thread its own: what boto3 calls a resource may not be shared."""
        return self.connection.Bucket(self.bucket_name)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError(f"A file in a bucket is only read, not opened as {mode!r}.")
        key = self._normalize_name(clean_name(name))
        client = self.connection.meta.client
        try:
            size = client.head_object(Bucket=self.bucket_name, Key=key)["ContentLength"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(f"The bucket holds no file {key}.") from None
            raise
        remote = Remote(client, self.bucket_name, key, size)
        return File(io.BufferedReader(remote, _PIECE), name)


class Remote(io.RawIOBase):
    """One object as a file that can be sought in: only what is read is fetched.

    A player that asks for the middle of a film, and the probe that reads its head and its
    end, take that much of it from the network.
    """

    def __init__(self, client: Any, bucket: str, key: str, size: int) -> None:
        self._client, self._bucket, self._key, self._size = client, bucket, key, size
        self._at = 0
        self._body: Any = None  # the answer that is being read, which stands at ``_at``

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        wanted = max(0, start + offset)
        if wanted != self._at:
            self._let_go()
        self._at = wanted
        return wanted

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        if self._body is None:
            span = f"bytes={self._at}-"
            answer = self._client.get_object(Bucket=self._bucket, Key=self._key, Range=span)
            self._body = answer["Body"]
        piece = self._body.read(len(buffer))
        if not piece:
            raise OSError(f"The bucket ended {self._key} after {self._at} bytes.")
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._let_go()
        super().close()

    def _let_go(self) -> None:
        """Hang up: the rest of the answer is not wanted."""
        if self._body is not None:
            self._body.close()
            self._body = None
