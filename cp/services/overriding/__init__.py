"""Looking through a shield for a few minutes, and whoever says afterwards whether that was right."""
