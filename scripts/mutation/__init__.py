"""Mutation testing: small faults in code that moves money or rights, and whether a test notices."""
