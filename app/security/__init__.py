"""The only room that touches the crypto library: keyring, sealing, digests, passwords, identifiers."""
