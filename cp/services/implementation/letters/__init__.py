"""Letters to the schools, practices and services of an authority: to many at once, on paper or by email."""
