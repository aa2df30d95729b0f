"""The ledger (台账) in and out: a workbook of dated facts, read with care, written to be read."""
