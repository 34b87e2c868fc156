"""缴费: what is to be paid for a case, its code and what became of it."""
