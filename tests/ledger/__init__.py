"""The ledger in and out, through its public doors."""
