"""Tells Django about this room."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """The room `payments`."""

    name = "doudi.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
