"""What `flask --app app` and the web server import."""

import gc
import sys

from cp.application import create_app
from cp.assets import NotBuilt
from cp.config import SettingProblem
from cp.database import DatabaseProblem
from cp.registry import Undeclared
from cp.sealing import KeyProblem

try:
    app = create_app()
except (SettingProblem, KeyProblem, DatabaseProblem, Undeclared, NotBuilt) as problem:
    sys.stderr.write(f"{problem}\n")
    raise SystemExit(1) from None

gc.collect()
gc.freeze()  # what stays for ever is not looked through again: that held up a page for 60 ms, now and then
