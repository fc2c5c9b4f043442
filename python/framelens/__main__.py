"""``python -m framelens`` is the command ``framelens``."""

from framelens.face.cli import main

if __name__ == "__main__":
    main()
