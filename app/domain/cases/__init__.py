"""办件: what happens to a walk-in matter from its draft to 办结, as values and rules; standard library only."""
