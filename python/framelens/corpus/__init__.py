"""Articles: read, made plain, grouped, compared as whole documents."""
