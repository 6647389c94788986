"""What sensitive services record, kept apart from everything else."""
