"""Pixels to numbers: faces, pose, exposure, background, sharpness; measuring, never judging."""
