"""Tells Django about this room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room `access`."""

    name = "doudi.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
