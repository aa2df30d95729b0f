"""What can be wrong with statements (核对): each check is pure and answers with faults."""
