"""The command line: `doudi`."""
