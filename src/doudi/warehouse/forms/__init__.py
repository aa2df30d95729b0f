"""The forms in which a report is handed over: text, JSON and Word. They say, never reckon."""
