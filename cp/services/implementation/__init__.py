"""How an authority's schools, practices and services come to be live, one after the other."""
