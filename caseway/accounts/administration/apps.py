"""Replaces Django's own admin site by ours."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "caseway.accounts.administration.site.AdministrationSite"
