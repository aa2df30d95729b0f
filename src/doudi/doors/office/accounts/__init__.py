"""Accounts (账户): signing in and out, passwords, second factors, and who works here as what."""
