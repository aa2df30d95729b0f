"""The support plan of a household (一户一策): read, revised, and looked back on."""
