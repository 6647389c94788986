"""Seals of the audit that somebody outside can check: a Merkle tree, signed checkpoints, a lodge, a witness.

Entries are written as before and wait for nobody; the sealer comes after them (`keeping.Sealer`, in the worker).
"""
