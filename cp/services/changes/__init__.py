"""What has changed in a child's life: somebody tells it, the management team looks, then the record says it."""
