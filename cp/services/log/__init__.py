"""The log as people read it: a reviewer what their authority's users did, each user what they did themselves."""
