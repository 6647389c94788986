"""Who asks for an account, and which listed post they hold."""

import re
from collections.abc import Mapping

from cp.forms.fields import Asked, Choice, Text

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
UNKNOWN = "We know no organisation of this name. Type it as it is registered, or its URN or practice code"
SEVERAL = "More than one organisation has this name. Type its URN or practice code"
UNLISTED = "The Regulations list no post there, so nobody can have an account"
NOT_MINE = "none"


class AskForm(Asked):
    name = Text("Your name", longest=200)
    email = Text("Work email address", longest=200)
    organisation = Text("Organisation", longest=200)

    def check(self) -> None:
        if not self.name.data:
            self.name.errors.append("Enter your name")
        if not EMAIL.fullmatch(self.email.data):
            self.email.errors.append("Enter your work email address, like name@school.example")
        if not self.organisation.data:
            self.organisation.errors.append("Enter where you work: its name, URN or practice code")


def post_form(posts: Mapping[str, str]) -> type[Asked]:
    """The second question, once it is known where somebody works."""

    class PostForm(Asked):
        post = Choice("Which of these is your post?", {**posts, NOT_MINE: "None of these"})

        def check(self) -> None:
            if self.post.data is None:
                self.post.errors.append("Choose your post")

    return PostForm
