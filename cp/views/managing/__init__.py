"""The manager's pages: one blueprint, whose views stand in the modules beside this one."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
