"""ContactPoint tried out first, with children who do not exist."""
