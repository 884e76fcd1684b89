"""Places for raw mail."""

from __future__ import annotations

from tests.places import blobs, bucket, folder, s3, s3_server

__all__ = ["blobs", "bucket", "folder", "s3", "s3_server"]
