"""The catalogue of figures: each defined once, with its records."""
