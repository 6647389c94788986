"""What a person sees. One blueprint a noun; a view is five to fifteen lines."""
