"""Serial fingerprint modules of the EF 01 packet protocol (Synochip, ZFM, AS60x): one finger against one template."""
