"""The setting that says where files are kept: a folder, or a bucket of S3-compatible storage."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from config.values import web_address

WANTED = (
    "like file:///srv/caseway/files or s3://KEY:SECRET@bucket/folder?region=eu-central-1 "
    "(in key and secret / is written %2F)"
)
BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket; without `key` the credentials come from where Amazon's own tools find them."""

    name: str
    folder: str = ""
    region: str | None = None
    endpoint: str | None = None
    addressing: str = "auto"
    key: str = ""
    secret: str = field(default="", repr=False)


def storage(value: str) -> Path | Bucket:
    """`file:///absolute/folder` or `s3://key:secret@bucket/folder?region=&endpoint=&addressing=`."""
    try:
        parts = urlsplit(value)
        if parts.scheme == "s3":
            return _bucket(parts)
    except ValueError as problem:
        raise ValueError(str(problem) if str(problem).startswith("an address with ") else WANTED) from None
    if parts.scheme != "file" or parts.netloc or not parts.path.startswith("/"):
        raise ValueError(WANTED)
    return Path(unquote(parts.path))


def bucket(value: str) -> Bucket:
    """The same, of a bucket."""
    place = storage(value)
    if isinstance(place, Bucket):
        return place
    raise ValueError("like s3://KEY:SECRET@bucket?region=eu-central-1 (in key and secret / is written %2F)")


def _bucket(parts: SplitResult) -> Bucket:
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    unknown = sorted(options.keys() - {"region", "endpoint", "addressing"})
    if unknown:
        raise ValueError(
            f"an address with the options region, endpoint and addressing only, not {unknown[0]}"
        )
    if options.get("addressing", "auto") not in {"auto", "path", "virtual"}:
        raise ValueError("an address with addressing=path or addressing=virtual, if any")
    name, key, secret = parts.hostname or "", unquote(parts.username or ""), unquote(parts.password or "")
    if (
        not BUCKET_NAME.fullmatch(name)
        or parts.port is not None
        or parts.fragment
        or bool(key) != bool(secret)
    ):
        raise ValueError
    return Bucket(
        name,
        unquote(parts.path).strip("/"),
        options.get("region"),
        _endpoint(options.get("endpoint")),
        options.get("addressing", "auto"),
        key,
        secret,
    )


def _endpoint(value: str | None) -> str | None:
    try:
        return web_address(value) if value else None
    except ValueError as problem:
        raise ValueError(f"an address with an endpoint {problem}") from None


def backend_of(place: Path | Bucket) -> dict[str, Any]:
    """The entry of Django's STORAGES for it."""
    if isinstance(place, Path):
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options: dict[str, Any] = {
        "bucket_name": place.name,
        "location": place.folder,
        "region_name": place.region,
        "endpoint_url": place.endpoint,
        "addressing_style": place.addressing,
    }
    if place.key:
        # A token of the environment belongs to the environment's key.
        options |= {"access_key": place.key, "secret_key": place.secret, "security_token": None}
    return {"BACKEND": "caseway.core.storage.bucket.BucketStorage", "OPTIONS": options}
