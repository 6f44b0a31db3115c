"""Where the portal of a brand begins."""

from urllib.parse import urlsplit

from django.conf import settings

from caseway.accounts.models import Brand


def site_of(brand: Brand | None) -> str:
    """The beginning of the brand's addresses, without a last slash: by the settings, never by a request."""
    if brand is None or not brand.host:
        return str(settings.BASE_URL).rstrip("/")
    base = urlsplit(settings.BASE_URL)
    return f"{base.scheme}://{brand.host}" + (f":{base.port}" if base.port else "")
