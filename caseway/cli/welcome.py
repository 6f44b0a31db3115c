"""What `caseway serve` prints once everything runs."""

from caseway.cli.options import ServeOptions

PASSWORD = "caseway-demo"  # noqa: S105 - the demo world's, known to all
CAST = (
    ("ana@larkfield.example", "agent of Larkfield Home, a shipper"),
    ("lea@larkfield.example", "its team lead"),
    ("admin@larkfield.example", "its tenant administrator"),
    ("omar@brightwater.example", "agent of Brightwater Freight, a carrier"),
    ("pia@quillon.example", "agent of Quillon Outdoor, another shipper"),
    ("kim@orchid.example", "customer of Larkfield, sees all cases of Orchid Hotels"),
    ("max@fernwood.example", "customer of Larkfield"),
    ("root@caseway.example", "system administrator"),
)


def welcome(options: ServeOptions, seconds: float, *, with_demo: bool) -> str:
    """Addresses and, with the demo world, who can sign in."""
    settings = options.environment
    base = settings.base_url
    rows = [
        ("Portal", f"{base}/"),
        ("Desk", f"{base}/desk/"),
        ("API", f"{base}/api/docs"),
        ("Administration", f"{base}/admin/"),
    ]
    if settings.smtp_url is None:
        rows.append(("Mails sent", f"{base}/dev/outbox"))
    ports = {"SMTP": settings.mail_smtp_port, "LMTP": settings.mail_lmtp_port}
    mail_in = ", ".join(f"{name} {settings.mail_host}:{port}" for name, port in ports.items() if port)
    rows.append(("Mail in", mail_in or "off"))
    parts = [f"Caseway is ready, after {seconds:.1f} s. Ctrl-C stops it.", _table(rows)]
    if with_demo:
        parts += [f"Demo sign-ins, password of all: {PASSWORD}", _table(CAST)]
    return "\n\n".join(["", *parts, ""])


def _table(rows: "list[tuple[str, str]] | tuple[tuple[str, str], ...]") -> str:
    width = max(len(first) for first, _ in rows) + 2
    return "\n".join(f"  {first:<{width}}{second}" for first, second in rows)
