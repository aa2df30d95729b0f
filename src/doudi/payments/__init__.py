"""Due minus paid: payrolls, bank files, returns. Never asks a rule."""
