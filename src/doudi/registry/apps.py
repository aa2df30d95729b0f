"""Tells Django about this room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The room `registry`."""

    name = "doudi.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
