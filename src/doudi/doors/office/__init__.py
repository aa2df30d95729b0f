"""The pages for staff; so far the half-year report alone."""
