"""ContactPoint: who works with this child, and how to reach them."""
