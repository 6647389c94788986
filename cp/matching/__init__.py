"""Who is this child: one pure engine for a practitioner's search and for a school's file row."""
