"""档案: piles of vehicle and driver files scanned, looked through, put right, accepted."""
