"""What a reader sees: articles, reports, tables, the command line."""
