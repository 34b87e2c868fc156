"""Fingerprints at the window: coaching and scores of an image, guided enrolment, what leaves as ISO 19794-4 and WSQ."""
