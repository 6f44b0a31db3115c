"""What `caseway serve` was asked for, and whether it can be done."""

import argparse
import dataclasses
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from caseway.cli.refusal import Refused
from config.environment import Environment, load
from config.values import folder


@dataclass(frozen=True)
class ServeOptions:
    """The wishes of whoever starts Caseway; `environment` has those of the options in it."""

    environment: Environment
    host: str
    port: int
    empty: bool
    demo_beyond_loopback: bool
    reload: bool

    @property
    def is_beyond_loopback(self) -> bool:
        """Whether other machines can reach the server."""
        try:
            return not ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"


def serve_options(argv: list[str]) -> ServeOptions:
    """Read the options of `caseway serve`; the environment says what they leave open."""
    given = _parser().parse_args(argv)
    environment = load()
    changes: dict[str, object] = {}
    if given.data:
        changes["data_dir"] = folder(str(Path(given.data).absolute()))
    if given.workers:
        changes["workers"] = given.workers
    if environment.base_url == Environment.base_url:
        changes["base_url"] = f"http://localhost:{given.port}"
    if not environment.events_port:
        changes["events_port"] = _free_port(environment.events_host)
    environment = dataclasses.replace(environment, **changes)  # type: ignore[arg-type]
    return ServeOptions(
        environment, given.host, given.port, given.empty, given.allow_demo_beyond_loopback, given.reload
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="caseway serve", description="Runs all of Caseway until Ctrl-C.")
    parser.add_argument("--port", type=_port, default=8000, help="port of the web server (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address it listens on (127.0.0.1)")
    parser.add_argument("--data", metavar="DIR", help="data folder (var)")
    parser.add_argument("--empty", action="store_true", help="load no demo world")
    parser.add_argument("--workers", type=_workers, metavar="N", help="web processes")
    parser.add_argument(
        "--allow-demo-beyond-loopback",
        action="store_true",
        help="let other machines reach a server whose demo people have a public password",
    )
    parser.add_argument("--reload", action="store_true", help="restart when a source file changes")
    return parser


def _port(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError("must be a number from 1 to 65535")


def _workers(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 64:
        return int(text)
    raise argparse.ArgumentTypeError("must be a number from 1 to 64")


def _free_port(host: str) -> int:
    """A port that nobody has now, for those who only we tell of it."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as problem:
        raise Refused(f"{host} can't be listened on ({problem.strerror}); see CASEWAY_EVENTS_HOST") from None


def refuse_taken_ports(options: ServeOptions) -> None:
    """Raise `Refused` for the first port that somebody else listens on."""
    settings = options.environment
    _refuse_taken(options.host, options.port, "choose another with --port")
    _refuse_taken(settings.events_host, settings.events_port, "choose another with CASEWAY_EVENTS_PORT")
    for name in ("smtp", "lmtp"):
        port = getattr(settings, f"mail_{name}_port")
        if port:
            _refuse_taken(settings.mail_host, port, f"choose another with CASEWAY_MAIL_{name.upper()}_PORT")


def _refuse_taken(host: str, port: int, remedy: str) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise Refused(f"port {port} of {host} can't be used ({problem.strerror}); {remedy}") from None
