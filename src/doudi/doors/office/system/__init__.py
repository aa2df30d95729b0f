"""The state of the system (系统状况): for the administrator, and one word for a watchdog."""
