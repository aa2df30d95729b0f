"""The desk (工作台): what waits, and where the office stands."""
