"""What every other package stands on: results, languages, lexicons, files."""
