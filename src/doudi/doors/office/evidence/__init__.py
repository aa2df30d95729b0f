"""The papers (材料) of a household: listed, brought in, looked at."""
