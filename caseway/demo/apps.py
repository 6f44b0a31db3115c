"""Worlds to try Caseway in: the demo world by hand, larger ones by synthesis."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "caseway.demo"
    label = "demo"
