"""The parameters of the law (政策参数) as they are in force in a month, to be read alone."""
