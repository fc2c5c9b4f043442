"""What :func:`framelens.read` reads: folders, manifests, tables, pages and dates."""
