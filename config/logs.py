"""Structured logs: one event a line, with the id of its request, without secrets."""

import logging
import logging.config
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from config.environment import Environment

# A field whose name holds one of these is never written.
SECRET_WORDS = ("password", "secret", "token", "authorization", "cookie", "session", "csrf", "api_key")


def without_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the values of fields that sound secret."""
    for name in event:
        if any(word in name.lower() for word in SECRET_WORDS):
            event[name] = "(not logged)"
    return event


def logging_of(environment: Environment) -> None:
    """Send structlog's events and those of the standard library the same way, to standard error."""
    on_terminal = sys.stderr.isatty()
    as_json = environment.log_format == "json" or (environment.log_format == "auto" and not on_terminal)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {"()": _formatter, "shared": shared, "as_json": as_json, "colors": on_terminal}
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": environment.log_level.upper()},
            "loggers": {
                # Told once, with the reference, by caseway.core.http.
                "django.request": {"level": "ERROR" if environment.debug else "CRITICAL"},
                "procrastinate": {"level": "WARNING"},
                "psycopg.pool": {"level": "ERROR"},
                # Below this the client of a bucket writes down requests with their signatures.
                **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "s3transfer", "urllib3")},
            },
        }
    )


def _formatter(
    shared: list[structlog.typing.Processor], as_json: bool, colors: bool
) -> structlog.stdlib.ProcessorFormatter:
    if as_json:
        last: list[structlog.typing.Processor] = [
            structlog.processors.format_exc_info,  # without local variables, secrets among them
            structlog.processors.JSONRenderer(),
        ]
    else:
        plain = structlog.dev.plain_traceback  # the rich one prints local variables too
        last = [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain, pad_event_to=0)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
