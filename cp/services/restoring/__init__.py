"""A backup put in the place of the data, and what was protected since protected again before anybody asks."""

from cp.services.restoring.finishing import Finished, Missing, finish
from cp.services.restoring.placing import Target, place

__all__ = ["Finished", "Missing", "Target", "finish", "place"]
