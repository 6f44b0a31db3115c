"""Reads the OpenAPI document for people: operations by part, fields in a word or two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

Schema = Mapping[str, Any]
REFERENCE = "#/components/schemas/"


@dataclass(frozen=True)
class Words:
    """A piece of a type's name; `schema` is the one to link to, if it is one of ours."""

    text: str
    schema: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a schema, or a parameter."""

    name: str
    type: tuple[Words, ...]
    required: bool
    meaning: str
    place: str = ""


@dataclass(frozen=True)
class Described:
    """A schema by its name."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scopes: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: tuple[Words, ...]
    status: str
    answer: tuple[Words, ...]
    part: str = field(compare=False, default="")


def operations_by_part(document: Schema) -> list[tuple[str, list[Operation]]]:
    """The operations, grouped by their part, in the order of the document."""
    found = [
        _operation(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    order = list(dict.fromkeys(operation.part for operation in found))
    found.sort(key=lambda operation: order.index(operation.part))
    return [(part, list(group)) for part, group in groupby(found, key=lambda operation: operation.part)]


def schemas(document: Schema) -> list[Described]:
    """Every schema, by name."""
    named = sorted(document["components"]["schemas"].items())
    return [
        Described(
            name=name,
            meaning=schema.get("description", ""),
            fields=tuple(_fields(schema)),
            choices=tuple(str(choice) for choice in schema.get("enum", ())),
        )
        for name, schema in named
    ]


def _operation(method: str, path: str, operation: Schema) -> Operation:
    status, answer = next((s, a) for s, a in operation["responses"].items() if str(s).startswith("2"))
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        scopes=tuple(operation["x-scopes"]),
        parameters=tuple(_parameter(one) for one in operation["parameters"]),
        body=_content(operation.get("requestBody", {})),
        status=str(status),
        answer=_content(answer),
        part=operation["tags"][0],
    )


def _content(holder: Schema) -> tuple[Words, ...]:
    for kind, content in holder.get("content", {}).items():
        if kind == "application/json":
            return words_of(content["schema"])
        return (Words("a file" if kind == "*/*" else f"a form ({kind}) with"), *_of_form(content["schema"]))
    return ()


def _of_form(schema: Schema) -> tuple[Words, ...]:
    return (Words(", ".join(schema.get("properties", {}))),) if "properties" in schema else ()


def _parameter(one: Schema) -> Field:
    return Field(
        name=one["name"],
        type=words_of(one["schema"]),
        required=one.get("required", False),
        meaning=one.get("description", ""),
        place=one["in"],
    )


def _fields(schema: Schema) -> Iterable[Field]:
    required = set(schema.get("required", ()))
    for name, one in schema.get("properties", {}).items():
        yield Field(name, words_of(one), name in required, one.get("description", ""))


def words_of(schema: Schema) -> tuple[Words, ...]:
    """The type in words: `string`, `list of Named`, `one of a, b`, `Named or null`."""
    if reference := schema.get("$ref"):
        name = reference.removeprefix(REFERENCE)
        return (Words(name, name),)
    if several := schema.get("anyOf") or schema.get("oneOf"):
        return _joined(words_of(one) for one in several)
    if choices := schema.get("enum"):
        return (Words("one of " + ", ".join(map(str, choices))),)
    if schema.get("type") == "array":
        return (Words("list of "), *words_of(schema.get("items", {})))
    kind = schema.get("type", "anything")
    return (Words(f"{kind} ({schema['format']})" if "format" in schema else str(kind)),)


def _joined(parts: Iterable[tuple[Words, ...]]) -> tuple[Words, ...]:
    joined: list[Words] = []
    for part in parts:
        joined += [Words(" or "), *part] if joined else part
    return tuple(joined)
