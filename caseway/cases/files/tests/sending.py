"""A browser that sends files by part, for tests."""

from typing import Any

from django.test import Client

FILES = "/portal/files/"


def pieces(content: bytes, size: int) -> dict[int, bytes]:
    """The parts of a content by where they begin."""
    return {offset: content[offset : offset + size] for offset in range(0, len(content), size)}


def started(client: Client, name: str, size: int, path: str = FILES, **more: str) -> Any:
    """The answer to an announcement."""
    return client.post(path, {"name": name, "size": size, **more})


def put_part(client: Client, told: dict[str, Any], offset: int, part: bytes) -> Any:
    """The answer to a part."""
    address = told["part_url"].replace("{offset}", str(offset))
    return client.put(address, part, content_type="application/octet-stream")


def send(client: Client, name: str, content: bytes, path: str = FILES) -> Any:
    """The last answer: that to the finish, or the first refusal."""
    answer = started(client, name, len(content), path)
    if answer.status_code != 201:
        return answer
    told = answer.json()
    for offset, part in pieces(content, told["part_size"]).items():
        answer = put_part(client, told, offset, part)
        if answer.status_code != 204:
            return answer
    return client.post(told["finish_url"])
