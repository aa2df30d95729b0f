"""Tells Django about this door, and its jobs about the work that they may ask for."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The door `office`."""

    name = "doudi.doors.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what carries out each kind of job."""
        from doudi.doors.office.households import work as lists  # noqa: F401, PLC0415
        from doudi.doors.office.imports import work as imports  # noqa: F401, PLC0415
        from doudi.doors.office.months import work  # noqa: F401, PLC0415 - declares itself
        from doudi.doors.office.simulations import work as simulations  # noqa: F401, PLC0415
        from doudi.doors.office.system import work as system  # noqa: F401, PLC0415
