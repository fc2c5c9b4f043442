"""Who is quoted, in which words, and at what distance."""
