"""Several commands of `doudi` in one process: a list of command lines in JSON on stdin.

Ends with the exit status of the first that fails.
"""

from __future__ import annotations

import json
import sys

from doudi.doors.cli.main import cli


def main() -> None:
    """Give the commands one after the other."""
    for line in json.load(sys.stdin):
        try:
            cli.main([str(word) for word in line])
        except SystemExit as end:
            if end.code:
                raise


if __name__ == "__main__":
    main()
