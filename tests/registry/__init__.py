"""Tests of the registry: people, their circumstances, both clocks."""
