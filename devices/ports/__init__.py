"""What a device can be asked and what it answers: frozen values and protocols, standard library only."""
