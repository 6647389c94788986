"""A password to choose, and the one somebody has."""

from cp.forms.fields import Asked, Secret

SENTENCES = {
    "short": "Your password must be at least 12 characters. Three or four words together are easy to remember",
    "long": "Your password must be 128 characters or fewer",
    "common": "Choose another password: this one is among the first that are guessed",
    "context": "Choose another password: this one is made of your name, your email address or where you work",
}
WRONG = "The password is wrong"


class ChosenForm(Asked):
    """A first password, or a new one."""

    password = Secret("Password", longest=1000)

    def check(self) -> None:
        if not self.password.data:
            self.password.errors.append("Choose a password of at least 12 characters")


class PresentForm(Asked):
    """The password that somebody has."""

    password = Secret("Password", longest=1000)

    def check(self) -> None:
        if not self.password.data:
            self.password.errors.append("Enter your password")


class ChangeForm(Asked):
    old = Secret("Present password", longest=1000)
    new = Secret("New password", longest=1000)

    def check(self) -> None:
        if not self.old.data:
            self.old.errors.append("Enter the password you have now")
        if not self.new.data:
            self.new.errors.append("Choose a password of at least 12 characters")
