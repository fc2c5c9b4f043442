"""How alike sources write, and which words set them apart."""
