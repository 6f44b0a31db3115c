"""The kit's own addresses and its reference pages, which only development has otherwise."""

from django.urls import include, path

from caseway.core.ui.reference.urls import urlpatterns as reference
from caseway.core.ui.urls import brands

urlpatterns = [path("", include(([*brands, *reference], "ui")))]
