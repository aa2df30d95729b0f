"""The people of an area: persons, households, accounts and dated circumstances; the ledger."""
