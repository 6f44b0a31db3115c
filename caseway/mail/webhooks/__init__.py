"""Mails and reports that a provider brings over HTTP, read by django-anymail."""
