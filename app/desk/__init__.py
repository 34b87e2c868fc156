"""The signed-in workstation as its windows see it: accounts, sessions, history, outbox, printing."""
