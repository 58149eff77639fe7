"""Writes the home picture to where the static files are."""

from pathlib import Path

from app.seed.drawings import scenes

HOME = Path(__file__).resolve().parents[3] / "static" / "img" / "home.svg"

if __name__ == "__main__":
    HOME.write_text(scenes.home() + "\n")
