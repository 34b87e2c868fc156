"""材料: papers of drafts and cases, large, beside each other, printed."""
