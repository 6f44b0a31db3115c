"""Which brand a host name belongs to."""

from django.http.request import split_domain_port

from .models import Brand


def brand_of_host(host: str) -> Brand | None:
    """The brand whose portal has this host (with or without port), its organisation joined."""
    name, _port = split_domain_port(host)
    return Brand.objects.select_related("organisation").filter(host=name).first()
