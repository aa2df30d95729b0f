"""Backups (备份): the whole office in one encrypted file, and an office again from that file.

`make_backup`, `check_backup` and `restore_backup` are what the doors call.
"""

from doudi.access.backups.checking import Checked, check_backup
from doudi.access.backups.packing import Packed, make_backup
from doudi.access.backups.passphrases import new_passphrase, passphrase_in
from doudi.access.backups.restoring import Restored, restore_backup

__all__ = [
    "Checked",
    "Packed",
    "Restored",
    "check_backup",
    "make_backup",
    "new_passphrase",
    "passphrase_in",
    "restore_backup",
]
