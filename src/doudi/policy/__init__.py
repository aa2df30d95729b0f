"""The law as code: dated parameters and cited rules, pure."""
