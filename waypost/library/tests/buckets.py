"""A bucket to try on: fixtures for whoever keeps files there.

A module that wants them names them: ``server, objects = buckets.server, buckets.objects``.
"""

import logging
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

NAME = "waypost-files"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that speaks the protocol of S3."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def objects(server: str, settings: Any) -> Iterator[Any]:
    """The bucket as its owner sees it, empty; the library writes into the folder "shop"."""
    access = {"access_key": "key", "secret_key": "secret", "region_name": "eu-central-1"}
    options = {"bucket_name": NAME, "endpoint_url": server, "location": "shop", **access}
    options["addressing"] = "path"
    bucket = boto3.resource(
        "s3",
        endpoint_url=server,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="eu-central-1",
    ).Bucket(NAME)
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    backend = {"BACKEND": "waypost.library.bucket.Bucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": {**backend}}
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def keys(objects: Any) -> list[str]:
    return sorted(each.key for each in objects.objects.all())


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content
