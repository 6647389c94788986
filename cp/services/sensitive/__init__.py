"""What sensitive services record, kept apart from everything else: nobody but the service and the management team reads it."""
