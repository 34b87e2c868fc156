"""受理: one matter from the identity card to the receipt; any number of them open at once."""
