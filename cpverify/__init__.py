"""Checks ContactPoint's audit from outside: shares no code with it, and trusts nothing but the keys it is given.

Standard library and `cryptography` alone; `psycopg` only to read a PostgreSQL database.
"""
