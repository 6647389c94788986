"""What a child or a parent asks about a record: who looked at it, and what it says."""
