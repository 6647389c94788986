"""What managers do to accounts: whose they run, inviting, granting, closing, reviewing. No child is in any of it."""
