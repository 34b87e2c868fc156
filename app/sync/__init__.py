"""The outbox leaves the machine: the back-end client and the loop that drains to it."""
