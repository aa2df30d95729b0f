"""Reforms tried on the register (政策试算): asked for as a job, told in tables and a chart."""
