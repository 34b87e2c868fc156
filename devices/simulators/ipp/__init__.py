"""A simulated A4 printer that speaks IPP: what training prints on, and every fault a real one has."""
