"""The declared settings."""
