"""Everything the product answers, and the reference pages of the kit."""

from django.urls import include, path

from caseway.core.ui.reference.urls import urlpatterns as reference
from caseway.core.ui.urls import brands

# First come, first found: the namespace of the kit with its reference pages hides the one without.
urlpatterns = [path("", include(([*brands, *reference], "ui"))), path("", include("config.urls"))]
