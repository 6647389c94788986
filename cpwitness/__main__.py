"""`python -m cpwitness --name witness.example --logs keys.txt`: look after the logs whose keys stand in the file."""

import argparse
import sys
from pathlib import Path

from cpwitness.keeping import Witness
from cpwitness.serving import server


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m cpwitness", description="Cosign the checkpoints of logs.")
    parser.add_argument("--name", required=True, help="what this witness signs as: an address without https://")
    parser.add_argument("--logs", required=True, type=Path, help="a file with the keys of the logs, one a line")
    parser.add_argument("--folder", type=Path, default=Path("witness"), help="where it keeps its key and what it saw")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5063)
    asked = parser.parse_args(words)
    witness = Witness(asked.folder, asked.name, asked.logs)
    with server(witness, asked.host, asked.port) as serving:
        print(f"{witness.vkey}\nThe witness listens at http://{asked.host}:{serving.server_port}", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
