"""Email and password, then a code."""

from cp.forms.fields import Asked, Secret, Text

WRONG = "Email address or password is wrong"


class SignInForm(Asked):
    email = Text("Email address", longest=200)
    password = Secret("Password", longest=1000)

    def check(self) -> None:
        if not self.email.data:
            self.email.errors.append("Enter your email address")
        if not self.password.data:
            self.password.errors.append("Enter your password")


class CodeForm(Asked):
    code = Text("Security code", longest=60)

    def check(self) -> None:
        if not self.code.data:
            self.code.errors.append("Enter the code your app shows now, or another printed code")
