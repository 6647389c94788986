"""Email and password, then a code."""

from collections.abc import Mapping

from cp.forms.fields import Asked, Choice, Secret, Text

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


def role_form(roles: Mapping[str, str]) -> type[Asked]:
    """The question for somebody with these roles; any other answer counts as none."""

    class RoleForm(Asked):
        role = Choice("What are you working as today?", roles)

        def check(self) -> None:
            if self.role.data is None:
                self.role.errors.append("Choose what you are working as today")

    return RoleForm
