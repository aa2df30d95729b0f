"""Tells Django about this room."""

from django.apps import AppConfig


class EntitlementConfig(AppConfig):
    """The room `entitlement`."""

    name = "doudi.entitlement"
    label = "entitlement"
    default_auto_field = "django.db.models.BigAutoField"
