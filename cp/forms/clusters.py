"""A cluster: its name, and its schools."""

from collections.abc import Mapping

from cp.forms.fields import Asked, Several, Text


class ClusterForm(Asked):
    name = Text("What is the cluster called?", longest=120)

    def check(self) -> None:
        if not self.name.data:
            self.name.errors.append("Enter what the cluster is called")
        if not self._fields["schools"].data:
            self._fields["schools"].errors.append("Choose at least one school")

    def refuse(self, name: str) -> None:
        self.name.errors.append(f"There is a cluster called {name} already. Enter another name, or change that one")


def cluster_form(schools: Mapping[str, str]) -> type[ClusterForm]:
    return type("OurClusterForm", (ClusterForm,), {"schools": Several("Which schools are in it?", schools)})
