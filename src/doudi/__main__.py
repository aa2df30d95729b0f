"""Runs the command line by `python -m doudi`."""

from doudi.doors.cli.main import main

if __name__ == "__main__":
    main()
