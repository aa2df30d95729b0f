"""The worklist (办件箱): what awaits an officer, asked of every room, kept nowhere."""
