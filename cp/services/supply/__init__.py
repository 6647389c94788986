"""Supply: what organisations send is received, checked, placed, kept, undone; a person decides what a machine may not.

A file's state says what is to do with it; the worker does it batch by batch, each whole or not at all.
"""
