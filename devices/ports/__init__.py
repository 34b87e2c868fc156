"""What a device can be asked and what it answers: small protocols over frozen values, standard library only."""
