"""Build `static/dist/`: what pages load, named by content, compressed ahead. `python static/build.py PATH-OF-NODE`."""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent
SOURCE, DIST = STATIC / "src", STATIC / "dist"
MODULES = STATIC.parent / "node_modules"


def run(*command: str | Path) -> bytes:
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        sys.exit(done.stderr.decode(errors="replace"))
    return done.stdout


def stylesheet(node: Path) -> bytes:
    sass: list[str | Path] = [node, MODULES / "sass/sass.js", "--style=compressed", "--no-source-map", "--quiet-deps"]
    return run(*sass, f"--load-path={MODULES}", SOURCE / "app.scss")


def script(node: Path) -> bytes:
    esbuild: list[str | Path] = [node, MODULES / "esbuild/bin/esbuild"]
    return run(*esbuild, "--bundle", "--minify", "--format=iife", "--legal-comments=none", SOURCE / "app.js")


def htmx() -> bytes:
    """As released, without the address of a source map that is not served."""
    return (MODULES / "htmx.org/dist/htmx.min.js").read_bytes().split(b"\n//# sourceMappingURL=")[0]


def write(name: str, content: bytes) -> str:
    """Write one asset with its compressed twins and answer the name that holds its hash."""
    stem, _, ending = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    small = brotli.compress(content, quality=11)
    (DIST / hashed).write_bytes(content)
    (DIST / f"{hashed}.br").write_bytes(small)
    (DIST / f"{hashed}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{hashed:26} {len(content):7} bytes, brotli {len(small):6}")
    return hashed


def main(node: Path) -> None:
    built = {
        "app.css": stylesheet(node),
        "app.js": script(node),
        "htmx.js": htmx(),
        "favicon.svg": (SOURCE / "favicon.svg").read_bytes(),
    }
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    names = {name: write(name, content) for name, content in built.items()}
    (DIST / "manifest.json").write_text(json.dumps(names, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
