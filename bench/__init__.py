"""Benchmarks, and the synthetic directory that they and the demonstration use."""
