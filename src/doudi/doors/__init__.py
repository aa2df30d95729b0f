"""The doors of the house: strangers to one another."""
